package io.streamgauge.controller.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.engine.ContextLimit;
import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.common.plan.request.ApiEndpoint;
import io.streamgauge.common.plan.request.RequestShape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextFitTest {
  private static Prompt known(int inputTokens, int maxTokens) {
    return new Prompt(
        "p" + inputTokens, "any", "text", Optional.of(maxTokens), Optional.of(inputTokens));
  }

  private static ContextFit fit(EngineKind engine, int context, Prompt... prompts) {
    return ContextFit.of(
        List.of(prompts), RequestShape.DEFAULT, new ContextLimit(context, Optional.of(engine)));
  }

  @ParameterizedTest(name = "{0} and {1} tokens in a context of 256")
  @CsvSource({"156, 100, 0, 0", "157, 100, 0, 1", "255, 1, 0, 0", "256, 1, 1, 0", "900, 9, 1, 0"})
  void aPromptFitsWhereItLeavesItsWholeAnswerRoom(int input, int output, int tooLong, int tight) {
    ContextFit fit = fit(EngineKind.VLLM, 256, known(input, output));

    assertThat(fit.tooLong()).isEqualTo(tooLong);
    assertThat(fit.tight()).isEqualTo(tight);
    assertThat(fit.most()).isEqualTo(input + output);
    assertThat(fit.trouble().isPresent()).isEqualTo(tooLong + tight > 0);
  }

  @Test
  void itTellsWhatBecomesOfThemAndWhichSettingMendsIt() {
    assertThat(fit(EngineKind.LLAMACPP, 256, known(300, 9), known(20, 256)).trouble())
        .hasValue(
            "the server takes 256 tokens for a prompt and its answer together, and 309 may be"
                + " needed; 1 of 2 prompts will be refused; 1 of 2 will be answered in part: raise"
                + " ctx_size (--ctx-size) or lower n_parallel (--parallel), for each request gets"
                + " ctx_size / n_parallel, ask for fewer tokens (--max-tokens), or use shorter"
                + " prompts");
    assertThat(fit(EngineKind.SGLANG, 4_096, known(4_000, 200)).trouble().orElseThrow())
        .contains("takes 4,096 tokens", "4,200 may be", "will be refused", "raise context_length");
  }

  @ParameterizedTest
  @CsvSource({"Tell me more. | 4", "Größe und Maß | 4", "世界你好世界你好 | 6", "🎈🎈 | 2"})
  void aLengthThatNobodyToldIsATokenForFourBytes(String row) {
    String[] cells = row.split(" \\| ");
    Prompt prompt = new Prompt("1", "any", cells[0], Optional.of(100));

    ContextFit fit = fit(EngineKind.VLLM, 50, prompt);

    assertThat(fit.most()).isEqualTo(100 + Integer.parseInt(cells[1]));
    assertThat(fit.trouble().orElseThrow()).contains("and about 10");
  }

  @Test
  void whatHasNoAnswerNeedsNoRoomForOne() {
    RequestShape embeddings =
        new RequestShape(
            ApiEndpoint.EMBEDDINGS, Optional.empty(), false, RequestShape.DEFAULT.timeout());

    ContextFit fit =
        ContextFit.of(
            List.of(known(256, 100)), embeddings, new ContextLimit(256, Optional.empty()));

    assertThat(fit.trouble()).isEmpty();
  }

  @Test
  void aKnownLengthBeyondTheContextIsRefusedWithBothNumbers() {
    ContextLimit limit = new ContextLimit(2_048, Optional.empty());

    assertThat(ContextFit.refusal(List.of(known(10, 9), known(2_049, 9)), limit))
        .hasValue(
            "dataset: prompt p2049 is of 2,049 tokens, expected at most 2,048, which the server"
                + " takes for a prompt and its answer together");
    assertThat(ContextFit.refusal(List.of(known(2_048, 9)), limit)).isEmpty();
    assertThat(
            ContextFit.refusal(
                List.of(new Prompt("1", "any", "long ".repeat(5_000), Optional.empty())), limit))
        .as("an estimate refuses nothing")
        .isEmpty();
  }
}
