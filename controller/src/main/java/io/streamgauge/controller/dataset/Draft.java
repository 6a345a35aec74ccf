package io.streamgauge.controller.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.json.Json;
import java.util.List;
import java.util.Locale;

/** A prompt as a model wrote it. */
record Draft(String prompt, int maxTokens) {
  private static final int SHORTEST = 40;
  private static final int LONGEST = 8_000;
  private static final int LEAST_TOKENS = 16;
  private static final int MOST_TOKENS = 4_096;

  /** Models put fences and sentences around the object, and bare line breaks into its texts. */
  private static final ObjectReader LENIENT =
      Json.MAPPER
          .reader()
          .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS);

  /**
   * Finds the prompt in what a model says.
   *
   * @throws Setback where there is none that could be used
   */
  static Draft read(String answer, List<Prompt> known) {
    JsonNode object = object(answer);
    JsonNode text = object.path("prompt");
    String prompt = text.asText().strip();
    int length = prompt.codePointCount(0, prompt.length());
    require(text.isTextual() && length > 0, answer, "\"prompt\" is not a text, or blank");
    String size = "the prompt is too %s (%d characters of %d)";
    require(length >= SHORTEST, answer, size.formatted("short", length, SHORTEST));
    require(length <= LONGEST, answer, size.formatted("long", length, LONGEST));
    for (Prompt other : known) {
      boolean same = letters(other.text()).equals(letters(prompt));
      require(!same, answer, "the same prompt as number " + other.id());
    }
    JsonNode tokens = object.path("max_tokens");
    boolean whole = tokens.isIntegralNumber() && tokens.canConvertToInt();
    require(
        whole && tokens.intValue() >= LEAST_TOKENS && tokens.intValue() <= MOST_TOKENS,
        answer,
        "\"max_tokens\" is not a whole number from %d to %d".formatted(LEAST_TOKENS, MOST_TOKENS));
    return new Draft(prompt, tokens.intValue());
  }

  private static void require(boolean holds, String answer, String otherwise) {
    if (!holds) {
      throw Setback.rejected(answer, otherwise);
    }
  }

  private static JsonNode object(String answer) {
    for (int at = answer.indexOf('{'); at >= 0; at = answer.indexOf('{', at + 1)) {
      try {
        JsonNode object = LENIENT.readTree(answer.substring(at));
        if (object.has("prompt")) {
          return object;
        }
      } catch (JsonProcessingException _) {
        // the next one may be whole
      }
    }
    throw Setback.rejected(answer, "the answer has no JSON object with a \"prompt\"");
  }

  private static String letters(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
