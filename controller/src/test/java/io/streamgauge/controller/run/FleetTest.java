package io.streamgauge.controller.run;

import static io.streamgauge.controller.SampleResult.agent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.common.measure.AgentInfo;
import io.streamgauge.common.measure.ClockReading;
import io.streamgauge.common.message.Leave;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Register;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FleetTest {
  private long now;
  private final Fleet fleet = new Fleet(() -> now);

  @Test
  void agentsAreToldByTheirRolesInTheOrderOfTheirIds() {
    fleet.take(register(new AgentInfo("c", Set.of("load", "gpu"), "h", 4, 2, "1.0", "25"), "1"));
    fleet.take(register(agent("b", 2), "1"));
    fleet.take(register(new AgentInfo("a", Set.of("gpu"), "h", 4, 0, "1.0", "25"), "1"));

    assertThat(fleet.load()).extracting(AgentInfo::id).containsExactly("b", "c");
    assertThat(fleet.gpu()).extracting(AgentInfo::id).containsExactly("a", "c");
  }

  @Test
  void anAgentThatComesAgainReplacesWhatWasKnownOfIt() {
    fleet.take(register(agent("a", 1), "1"));
    fleet.take(register(agent("a", 3), "1"));

    assertThat(fleet.load()).extracting(AgentInfo::lanes).containsExactly(3);
  }

  @Test
  void anAgentOfAnotherProtocolIsTurnedAway() {
    assertThatThrownBy(
            () ->
                fleet.take(
                    new Register(Message.PROTOCOL + 1, "1", "x", agent("a", 1), Optional.empty())))
        .hasMessageContaining(
            "protocol: %d is not valid, expected %d"
                .formatted(Message.PROTOCOL + 1, Message.PROTOCOL))
        .hasMessageContaining("agent a");
    assertThat(fleet.load()).isEmpty();
  }

  @Test
  void anAgentThatIsSilentForThreeSecondsIsNotThereUntilItIsHeardAgain() {
    fleet.take(register(agent("a", 1), "1"));
    now = Fleet.LOST_AFTER.toNanos() - 1;
    assertThat(fleet.load()).hasSize(1);

    now++;
    assertThat(fleet.load()).isEmpty();
    assertThat(fleet.everyone()).hasSize(1);

    fleet.take(register(agent("a", 1), "1"));
    assertThat(fleet.load()).hasSize(1);
  }

  @Test
  void anIdInUseIsRefusedToAnotherProcessUntilTheFirstIsLost() {
    fleet.take(register(agent("a", 1), "first"));
    assertThatThrownBy(() -> fleet.take(register(agent("a", 2), "second")))
        .hasMessageContaining("id: a is not valid, expected one that no other agent has");

    now = Fleet.LOST_AFTER.toNanos();
    fleet.take(register(agent("a", 2), "second"));
    assertThat(fleet.load()).extracting(AgentInfo::lanes).containsExactly(2);
  }

  @Test
  void whoSaysFarewellIsGoneAtOnceButNotOnTheWordOfAnother() {
    fleet.take(register(agent("a", 1), "first"));
    fleet.take(new Leave("a", "second"));
    assertThat(fleet.load()).hasSize(1);

    fleet.take(new Leave("a", "first"));
    assertThat(fleet.load()).isEmpty();
  }

  private static Register register(AgentInfo info, String instance) {
    return new Register(
        Message.PROTOCOL, instance, "address", info, Optional.of(new ClockReading(1, 2)));
  }
}
