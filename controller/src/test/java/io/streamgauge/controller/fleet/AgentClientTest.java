package io.streamgauge.controller.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.controller.fleet.AgentClient.Answer;
import io.streamgauge.controller.wait.RunFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentClientTest {
  private static final AgentCommand ORDER = new AgentCommand.WatchGpus("run");

  private final ScriptedAgents agents =
      ScriptedAgents.saying(
          Map.of(
              "willing", new Answer.Taken(),
              "busy", new Answer.Refused("it has a run"),
              "new", new Answer.NeedsPrompts()));

  @Test
  void whatAnAgentDoesNotDoIsTold() {
    assertThat(agents.ask("willing", ORDER)).isEmpty();
    assertThat(agents.ask("busy", ORDER)).contains("refused: it has a run");
    assertThat(agents.ask("gone", ORDER)).contains("does not answer: no agent of that id");
  }

  @Test
  void whoIsSilentCanBeDoneWithoutAndAllAreAskedAllTheSame() {
    assertThat(agents.demandAll(List.of("gone", "willing"), agent -> agents.order(agent, ORDER)))
        .containsExactly(Map.entry("gone", "does not answer: no agent of that id"));
    assertThat(agents.told())
        .extracting(ScriptedAgents.Told::agent)
        .containsExactly("gone", "willing");
  }

  @Test
  void whoRefusesEndsTheRun() {
    for (String agent : List.of("busy", "new")) {
      assertThatThrownBy(
              () -> agents.demandAll(List.of("willing", agent), one -> agents.order(one, ORDER)))
          .isInstanceOf(RunFailure.class)
          .hasMessageStartingWith("agent " + agent + " ");
    }
  }
}
