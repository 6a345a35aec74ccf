package io.streamgauge.controller.run;

import static io.streamgauge.controller.SampleResult.agent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.common.measure.AgentInfo;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Register;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FleetTest {
  private final Fleet fleet = new Fleet();

  @Test
  void agentsAreToldByTheirRolesInTheOrderOfTheirIds() {
    AgentInfo both = new AgentInfo("c", Set.of("load", "gpu"), "h", 4, 2, "1.0", "25");
    AgentInfo gpu = new AgentInfo("a", Set.of("gpu"), "h", 4, 0, "1.0", "25");
    for (AgentInfo info : new AgentInfo[] {both, agent("b", 2), gpu}) {
      assertThat(fleet.register(new Register(Message.PROTOCOL, info)).agent()).isEqualTo(info.id());
    }

    assertThat(fleet.load()).extracting(AgentInfo::id).containsExactly("b", "c");
    assertThat(fleet.gpu()).extracting(AgentInfo::id).containsExactly("a", "c");
  }

  @Test
  void anAgentThatComesAgainReplacesWhatWasKnownOfIt() {
    fleet.register(new Register(Message.PROTOCOL, agent("a", 1)));
    fleet.register(new Register(Message.PROTOCOL, agent("a", 3)));

    assertThat(fleet.load()).extracting(AgentInfo::lanes).containsExactly(3);
  }

  @Test
  void anAgentOfAnotherProtocolIsTurnedAway() {
    assertThatThrownBy(() -> fleet.register(new Register(Message.PROTOCOL + 1, agent("a", 1))))
        .hasMessageContaining("protocol: 2 is not valid, expected 1")
        .hasMessageContaining("agent a");
    assertThat(fleet.load()).isEmpty();
  }
}
