package io.streamgauge.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.5:6000, 10.0.0.5, 6000",
    "10.0.0.5, 10.0.0.5, 5701",
    "node-1.lab:0, node-1.lab, 0",
    "[::1]:6000, ::1, 6000",
    "[::1], ::1, 5701",
    "fe80::1, fe80::1, 5701",
  })
  void hostsAndPortsAreRead(String text, String host, int port) {
    assertThat(HostPort.parse("join", text, 5701)).isEqualTo(new HostPort(host, port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":5701", "host:", "host:port", "host:65536", "host:-1", "[::1]:x"})
  void whatIsNeitherIsRefusedByName(String text) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> HostPort.parse("join", text, 5701))
        .withMessageStartingWith("join: ")
        .withMessageContaining("HOST:PORT");
  }

  @Test
  void addressesOfIpv6AreWrittenInBrackets() {
    assertThat(new HostPort("::1", 1)).hasToString("[::1]:1");
    assertThat(new HostPort("10.0.0.5", 1)).hasToString("10.0.0.5:1");
  }

  @Test
  void loopbackIsWhatNobodyElseCanReach() {
    assertThat(new HostPort("127.0.0.1", 1).loopback()).isTrue();
    assertThat(new HostPort("::1", 1).loopback()).isTrue();
    assertThat(new HostPort("10.0.0.5", 1).loopback()).isFalse();
  }
}
