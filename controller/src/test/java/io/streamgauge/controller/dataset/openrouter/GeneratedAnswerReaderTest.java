package io.streamgauge.controller.dataset.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedAnswerReaderTest {
  private static final String TEXT = "Explain why ice swims on water, in one sentence.";
  private static final String OBJECT =
      "{\"prompt\": \"" + TEXT + "\", \"max_tokens\": 64, \"note\": \"more\"}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "```json\n%s\n```",
        "Sure, here it is:\n%s\nI hope {this} helps.",
        "In the set {1, 2} there is {\"no\": \"prompt\"}, but: %s",
        "%s\n\n%s"
      })
  void theObjectIsFoundWhateverIsAroundIt(String answer) {
    assertThat(GeneratedAnswerReader.read(answer.replace("%s", OBJECT), List.of()))
        .isEqualTo(new GeneratedAnswer.Accepted(TEXT, 64));
  }

  @Test
  void bareLineBreaksWithinTheTextAreTaken() {
    String answer =
        "{\"prompt\": \"Sum up this:\nfirst a line,\nthen another one.\", \"max_tokens\": 64}";

    assertThat(GeneratedAnswerReader.read(answer, List.of()))
        .isEqualTo(
            new GeneratedAnswer.Accepted("Sum up this:\nfirst a line,\nthen another one.", 64));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "15", "4097", "64.5", "\"64\"", "null", "99999999999999999999"})
  void aLengthThatMakesNoSenseIsRejected(String tokens) {
    String answer = "{\"prompt\": \"" + TEXT + "\", \"max_tokens\": " + tokens + "}";

    assertThat(GeneratedAnswerReader.read(answer, List.of()))
        .isEqualTo(
            new GeneratedAnswer.Rejected(
                answer, "\"max_tokens\" is not a whole number from 16 to 4096"));
  }

  @Test
  void aPromptWithoutEndIsRejected() {
    String answer = "{\"prompt\": \"" + "long ".repeat(2_000) + "\", \"max_tokens\": 64}";

    assertThat(GeneratedAnswerReader.read(answer, List.of()))
        .isEqualTo(
            new GeneratedAnswer.Rejected(
                answer, "the prompt is too long (9999 characters of 8000)"));
  }
}
