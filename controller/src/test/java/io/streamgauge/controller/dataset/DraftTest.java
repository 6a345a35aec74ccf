package io.streamgauge.controller.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {
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
    assertThat(Draft.read(answer.replace("%s", OBJECT), List.of())).isEqualTo(new Draft(TEXT, 64));
  }

  @Test
  void bareLineBreaksWithinTheTextAreTaken() {
    String answer =
        "{\"prompt\": \"Sum up this:\nfirst a line,\nthen another one.\", \"max_tokens\": 64}";

    assertThat(Draft.read(answer, List.of()))
        .isEqualTo(new Draft("Sum up this:\nfirst a line,\nthen another one.", 64));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "15", "4097", "64.5", "\"64\"", "null", "99999999999999999999"})
  void aLengthThatMakesNoSenseIsRejected(String tokens) {
    rejected(
        "{\"prompt\": \"" + TEXT + "\", \"max_tokens\": " + tokens + "}",
        "\"max_tokens\" is not a whole number from 16 to 4096");
  }

  @Test
  void aPromptWithoutEndIsRejected() {
    rejected(
        "{\"prompt\": \"" + "long ".repeat(2_000) + "\", \"max_tokens\": 64}",
        "the prompt is too long (9999 characters of 8000)");
  }

  private static void rejected(String answer, String reason) {
    assertThatExceptionOfType(Setback.class)
        .isThrownBy(() -> Draft.read(answer, List.of()))
        .withMessage(reason)
        .satisfies(setback -> assertThat(setback.answer).hasValue(answer));
  }
}
