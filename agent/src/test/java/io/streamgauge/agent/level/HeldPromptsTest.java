package io.streamgauge.agent.level;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptsId;
import io.streamgauge.common.message.AgentCommand.LoadPrompts;
import io.streamgauge.common.message.AgentReply;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldPromptsTest {
  private static final AgentReply ACCEPTED = new AgentReply.Accepted();
  private static final List<Prompt> FIVE = prompts("p");
  private static final PromptsId ID = PromptsId.of(FIVE);

  private final HeldPrompts held = new HeldPrompts();

  private static List<Prompt> prompts(String text) {
    return IntStream.range(0, 5)
        .mapToObj(i -> new Prompt("" + i, "general", text + i, Optional.empty()))
        .toList();
  }

  private AgentReply take(int from, int to) {
    return held.take(new LoadPrompts("run", ID, from, FIVE.subList(from, to)));
  }

  @Test
  void promptsAreHeldOnceTheLastPartIsThere() {
    assertThat(take(0, 2)).isEqualTo(ACCEPTED);
    assertThat(take(2, 4)).isEqualTo(ACCEPTED);
    assertThat(held.of(ID)).isEmpty();

    assertThat(take(4, 5)).isEqualTo(ACCEPTED);

    assertThat(held.of(ID)).contains(FIVE);
    assertThat(held.of(PromptsId.of(prompts("other")))).isEmpty();
  }

  @Test
  void aPartThatDoesNotFollowIsRefusedAndTheFirstBeginsAnew() {
    take(0, 2);

    assertThat(take(3, 5))
        .isEqualTo(
            new AgentReply.Refused("prompts from 3 on do not follow on the 2 that are here"));
    assertThat(take(0, 5)).isEqualTo(ACCEPTED);
    assertThat(held.of(ID)).contains(FIVE);
  }

  @Test
  void otherPromptsThanWereNamedAreRefusedAndForgotten() {
    AgentReply reply = held.take(new LoadPrompts("run", ID, 0, prompts("other")));

    assertThat(reply)
        .isInstanceOfSatisfying(
            AgentReply.Refused.class,
            refused -> assertThat(refused.reason()).contains("expected 5 with " + ID.hash()));
    assertThat(held.of(ID)).isEmpty();
  }

  @Test
  void otherPromptsTakeTheirPlace() {
    List<Prompt> others = prompts("other");
    take(0, 5);

    held.take(new LoadPrompts("run", PromptsId.of(others), 0, others));

    assertThat(held.of(ID)).isEmpty();
    assertThat(held.of(PromptsId.of(others))).contains(others);
  }
}
