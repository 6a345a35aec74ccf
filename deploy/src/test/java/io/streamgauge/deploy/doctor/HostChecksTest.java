package io.streamgauge.deploy.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.deploy.doctor.Check.Grade;
import io.streamgauge.deploy.doctor.HostFacts.FoundEngine;
import io.streamgauge.deploy.doctor.HostFacts.PortRange;
import io.streamgauge.deploy.doctor.HostFacts.PortUse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostChecksTest {
  private static HostFacts host(
      String jdk, int cores, long openFiles, String clock, String governor, double quota) {
    return new HostFacts(
        "1.0",
        jdk,
        "Linux 6.1 amd64",
        cores,
        16L << 30,
        4L << 30,
        Optional.of(openFiles),
        Optional.of(new PortRange(32_768, 60_999)),
        Optional.of(clock),
        Optional.of(governor),
        Optional.of(quota),
        Optional.empty(),
        List.of(
            new FoundEngine(
                "vllm", Optional.of("/opt/bin/vllm"), Optional.of("0.9.1"), Optional.empty())),
        List.of(new PortUse(5_701, "cluster", Optional.of("process 7 (redis)"))));
  }

  private static Check about(String topic, HostFacts host) {
    return HostChecks.of(host).stream()
        .filter(check -> check.topic().equals(topic))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aGoodHostHasNothingToBeSaidAgainstIt() {
    assertThat(HostChecks.of(host("25.0.3", 8, 65_536, "tsc", "performance", 8)))
        .extracting(Check::grade)
        .containsOnly(Grade.OK, Grade.NOTE);
  }

  @Test
  void anOlderJavaPreventsARun() {
    assertThat(about("jdk", host("21.0.1 (x)", 8, 65_536, "tsc", "performance", 8)).grade())
        .isEqualTo(Grade.PROBLEM);
  }

  @Test
  void theFileLimitIsToldInStreams() {
    Check check = about("open files", host("25", 8, 1_024, "tsc", "performance", 8));

    assertThat(check.grade()).isEqualTo(Grade.WARNING);
    assertThat(check.text()).isEqualTo("1024 a process, enough for about 768 streams an agent");
  }

  @Test
  void whatSpoilsMeasurementsIsWarnedOfWithAdvice() {
    HostFacts host = host("25", 1, 65_536, "hpet", "powersave", 0.5);

    for (String topic : List.of("cores", "clock source", "governor", "cgroup")) {
      assertThat(about(topic, host).grade()).as(topic).isEqualTo(Grade.WARNING);
      assertThat(about(topic, host).advice()).as(topic).isPresent();
    }
  }

  @Test
  void enginesAndTakenPortsAreNamed() {
    HostFacts host = host("25", 8, 65_536, "tsc", "performance", 8);

    assertThat(about("vllm", host).text()).isEqualTo("/opt/bin/vllm, version 0.9.1");
    assertThat(about("port 5701", host).text())
        .isEqualTo("taken by process 7 (redis); is for: cluster");
  }
}
