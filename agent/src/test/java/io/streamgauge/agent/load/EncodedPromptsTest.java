package io.streamgauge.agent.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.agent.client.RequestBodies;
import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.PromptOrder;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EncodedPromptsTest {
  private static final List<Prompt> PROMPTS = Dataset.builtIn().prompts();
  private static final Extent MINUTE = Extent.of(Duration.ofMinutes(1));
  private static final long SEED = 7;

  private static EncodedPrompts encoded(String models, Extent extent) {
    return EncodedPrompts.of(
        new Level("c2", new ClosedLoop(2, Optional.empty()), extent, false),
        new Target("http://127.0.0.1:9", Optional.of(models), Optional.empty(), Map.of()),
        RequestShape.DEFAULT,
        models,
        PROMPTS,
        SEED);
  }

  private static byte[] bytes(String model, Prompt prompt) {
    return RequestBodies.encode(RequestShape.DEFAULT, model, prompt);
  }

  @Test
  void everyPromptHasItsBodyForEveryModelOfTheMix() {
    EncodedPrompts encoded = encoded("a@0.5,b@0.5", MINUTE);

    for (int i = 0; i < PROMPTS.size(); i++) {
      assertThat(encoded.prompt(i)).isEqualTo(PROMPTS.get(i));
      assertThat(encoded.body(0, i)).isEqualTo(bytes("a", PROMPTS.get(i)));
      assertThat(encoded.body(1, i)).isEqualTo(bytes("b", PROMPTS.get(i)));
      assertThat(encoded.limit(i)).isEqualTo((long) PROMPTS.get(i).maxTokens().orElseThrow());
    }
  }

  @Test
  void onlyWhatTheLevelComesToIsEncoded() {
    EncodedPrompts encoded = encoded("a", Extent.of(3));
    PromptOrder order = new PromptOrder(PROMPTS.size(), SEED);
    Set<Integer> sent = IntStream.range(0, 3).mapToObj(order::promptOf).collect(Collectors.toSet());

    for (int i = 0; i < PROMPTS.size(); i++) {
      int prompt = i;
      if (sent.contains(i)) {
        assertThat(encoded.body(0, i)).isEqualTo(bytes("a", PROMPTS.get(i)));
      } else {
        assertThatThrownBy(() -> encoded.body(0, prompt)).hasMessageContaining("beyond the level");
      }
    }
  }
}
