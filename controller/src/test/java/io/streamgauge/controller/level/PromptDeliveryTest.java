package io.streamgauge.controller.level;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.plan.AnswerOptions;
import io.streamgauge.common.plan.load.Share;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.plan.slo.Deadlines;
import io.streamgauge.common.plan.slo.Slos;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.fleet.AgentClient.Answer;
import io.streamgauge.controller.fleet.ScriptedAgents;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromptDeliveryTest {
  private static final List<Prompt> PROMPTS = Dataset.builtIn().prompts();

  private final Set<String> holding = new HashSet<>();
  private final ScriptedAgents agents =
      new ScriptedAgents(
          (agent, command) -> {
            switch (command) {
              case AgentCommand.LoadPrompts part -> {
                if (agent.equals("full")) {
                  return new Answer.Refused("no memory");
                }
                holding.add(agent);
                assertThat(part.prompts()).isNotEmpty();
                return new Answer.Taken();
              }
              case AgentCommand.Prepare _ -> {
                return holding.contains(agent) ? new Answer.Taken() : new Answer.NeedsPrompts();
              }
              default -> throw new AssertionError(command);
            }
          });
  private final PromptDelivery delivery = new PromptDelivery(agents, "run", PROMPTS, () -> false);

  private AgentCommand.Prepare order() {
    return new AgentCommand.Prepare(
        "run",
        SampleLevel.closedLevel(2, 10),
        0,
        new Target("http://127.0.0.1:8000", Optional.empty(), Optional.empty(), Map.of()),
        RequestShape.DEFAULT,
        new AnswerOptions(Deadlines.promised(Slos.NONE), false),
        delivery.id(),
        new Share(0, 1, 1),
        42,
        Optional.empty(),
        Optional.empty());
  }

  private List<String> kinds() {
    return agents.told().stream()
        .map(told -> told.command().getClass().getSimpleName())
        .distinct()
        .toList();
  }

  @Test
  void anAgentThatHoldsThemIsNotSentThemAgain() {
    assertThat(delivery.prepare("a", order()).await()).isEqualTo(new Answer.Taken());
    int first = agents.told().size();
    assertThat(delivery.prepare("a", order()).await()).isEqualTo(new Answer.Taken());

    assertThat(kinds()).containsExactly("Prepare", "LoadPrompts");
    assertThat(agents.told()).hasSize(first + 1);
    assertThat(
            agents.told().stream()
                .map(ScriptedAgents.Told::command)
                .filter(AgentCommand.LoadPrompts.class::isInstance)
                .mapToInt(part -> ((AgentCommand.LoadPrompts) part).prompts().size())
                .sum())
        .isEqualTo(PROMPTS.size());
  }

  @Test
  void anAgentThatTakesThemNotIsNotAskedToPrepareAgain() {
    assertThat(delivery.prepare("full", order()).await())
        .isEqualTo(new Answer.Refused("no memory"));
    assertThat(agents.told()).hasSize(2);
  }

  @Test
  void nothingIsSentForARunThatEnds() {
    PromptDelivery unwanted = new PromptDelivery(agents, "run", PROMPTS, () -> true);

    assertThat(unwanted.prepare("a", order()).await()).isEqualTo(new Answer.Silent("the run ends"));
    assertThat(agents.told()).hasSize(1);
  }
}
