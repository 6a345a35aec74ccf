package io.streamgauge.controller.fleet;

import static io.streamgauge.controller.SampleResult.agent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.agent.EngineView;
import io.streamgauge.common.clock.ClockReading;
import io.streamgauge.common.message.Leave;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Register;
import io.streamgauge.common.message.Stranger;
import io.streamgauge.common.node.Version;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FleetTest {
  private long now;
  private final Fleet fleet = new Fleet(Optional.of("mine"), () -> now);

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
  void theEngineThatAnAgentManagesIsToldUntilItIsGoneOrTheAgentIs() {
    EngineView serving =
        new EngineView(
            "vllm",
            EngineView.State.SERVING,
            Optional.of("0.9"),
            Optional.of("http://h:8000"),
            Optional.empty());
    fleet.take(register(agent("a", 2), "1"));
    fleet.manages("a", Optional.of(serving));
    fleet.take(register(agent("a", 2), "1"));
    assertThat(engines()).containsExactly(serving);

    now += Fleet.LOST_AFTER.toNanos();
    assertThat(engines()).as("of an agent that is silent").isEmpty();

    fleet.take(register(agent("a", 2), "2"));
    assertThat(engines()).as("of a process that was started anew").isEmpty();

    fleet.manages("a", Optional.of(serving.died("exit code 1")));
    assertThat(engines()).extracting(EngineView::state).containsExactly(EngineView.State.DIED);
    fleet.manages("a", Optional.empty());
    assertThat(engines()).isEmpty();
  }

  private List<EngineView> engines() {
    return Attendees.of(fleet).getFirst().engines();
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
        .hasMessageContaining(
            "agent a is of another version (1.0, here %s)".formatted(Version.TOOL));
    assertThat(fleet.load()).isEmpty();
  }

  @Test
  void anAgentThatObeysAnotherControllerIsTurnedAway() {
    assertThatThrownBy(() -> fleet.take(obeying("theirs", "1")))
        .hasMessageContaining("controller-key: theirs is not valid, expected mine");
    assertThat(fleet.load()).isEmpty();
    assertThat(fleet.turnedAway())
        .extracting(TurnedAway::id, TurnedAway::reason)
        .singleElement()
        .satisfies(
            told -> assertThat(told.toList().getLast()).asString().contains("controller.pub"));

    fleet.take(obeying("mine", "1"));
    assertThat(fleet.load()).hasSize(1);
    assertThat(fleet.turnedAway()).isEmpty();
  }

  @Test
  void whoWasTurnedAwayIsRememberedForAWhile() {
    assertThatThrownBy(() -> fleet.take(new Stranger(Message.PROTOCOL + 1, "old", "0.0")))
        .hasMessageContaining("protocol: %d is not valid".formatted(Message.PROTOCOL + 1));
    assertThat(fleet.turnedAway()).extracting(TurnedAway::id).containsExactly("old");

    now += java.time.Duration.ofMinutes(11).toNanos();
    assertThat(fleet.turnedAway()).isEmpty();
  }

  @Test
  void howeverManyKnockOnlySoManyAreRemembered() {
    for (int i = 0; i < 1_000; i++) {
      now++;
      Register stranger = obeying("theirs", "process " + i);
      assertThatThrownBy(() -> fleet.take(stranger)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(fleet.turnedAway())
        .hasSize(64)
        .extracting(TurnedAway::instance)
        .contains("process 999")
        .doesNotContain("process 1");
  }

  private static Register obeying(String key, String instance) {
    return new Register(
        Message.PROTOCOL,
        instance,
        "address",
        agent("a", 1),
        Optional.empty(),
        Optional.of(key),
        Optional.empty());
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
