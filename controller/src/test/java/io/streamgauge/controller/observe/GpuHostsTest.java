package io.streamgauge.controller.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.gpu.GpuInfo;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GpuHostsTest {
  private static AgentInfo agent(String id, String host, Set<String> roles, String... uuids) {
    return new AgentInfo(
        id,
        roles,
        host,
        8,
        2,
        "1",
        "25",
        Arrays.stream(uuids).map(uuid -> new GpuInfo(0, uuid, "H100", Optional.empty())).toList());
  }

  private static final AgentInfo LOAD = agent("load", "client", Set.of("load"));
  private static final AgentInfo GPU = agent("gpu", "server", Set.of("gpu"), "GPU-1");
  private static final AgentInfo BOTH = agent("both", "client", Set.of("load", "gpu"), "GPU-2");

  @Test
  void theHostThatTheUrlNamesIsTheTargets() {
    assertThat(GpuHosts.ofServed("http://server:8000", List.of(GPU, BOTH), List.of(LOAD)))
        .isEqualTo(new GpuHosts(Set.of("gpu"), false));
  }

  @Test
  void anAgentForNothingButGpusIsItsOwnersWordThatTheTargetIsThere() {
    assertThat(GpuHosts.ofServed("http://203.0.113.7:8000", List.of(GPU, BOTH), List.of(LOAD)))
        .isEqualTo(new GpuHosts(Set.of("gpu"), true));
  }

  @Test
  void aLoadHostsOwnGpusSayNothingOfATargetElsewhere() {
    assertThat(GpuHosts.ofServed("http://203.0.113.7:8000", List.of(BOTH), List.of(BOTH)))
        .isEqualTo(GpuHosts.NONE);
  }

  @Test
  void aLoopbackAddressIsThatOfWhoeverLoadsIt() {
    assertThat(GpuHosts.ofServed("http://127.0.0.1:8000", List.of(BOTH), List.of(BOTH)))
        .isEqualTo(new GpuHosts(Set.of("both"), false));
    assertThat(GpuHosts.ofServed("http://localhost:8000", List.of(GPU), List.of(LOAD)))
        .isEqualTo(new GpuHosts(Set.of("gpu"), true));
  }

  @Test
  void anAddressOfThisHostIsTheAgentsOnIt() throws UnknownHostException {
    String here = InetAddress.getLocalHost().getHostName();
    AgentInfo own = agent("own", here, Set.of("load", "gpu"), "GPU-3");

    assertThat(GpuHosts.ofServed("http://127.0.0.1:8000", List.of(own), List.of(own)).agents())
        .containsExactly("own");
  }

  @Test
  void twoAgentsThatSeeTheSameGpusAreOne() {
    AgentInfo again = agent("again", "server", Set.of("gpu"), "GPU-1");

    assertThat(GpuHosts.ofServed("http://server:1", List.of(again, GPU), List.of(LOAD)).agents())
        .containsExactly("again");
  }

  @Test
  void anEngineIsOnTheHostThatStartsIt() {
    assertThat(GpuHosts.ofEngine(BOTH)).isEqualTo(new GpuHosts(Set.of("both"), false));
    assertThat(GpuHosts.ofEngine(LOAD)).isEqualTo(GpuHosts.NONE);
  }
}
