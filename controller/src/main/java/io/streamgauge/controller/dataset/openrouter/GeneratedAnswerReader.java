package io.streamgauge.controller.dataset.openrouter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the prompt in what a model says, and judges it. */
public final class GeneratedAnswerReader {
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

  public static GeneratedAnswer read(String content, List<Prompt> known) {
    return object(content)
        .map(object -> judge(content, object, known))
        .orElseGet(
            () ->
                new GeneratedAnswer.Rejected(
                    content, "the answer has no JSON object with a \"prompt\""));
  }

  private static Optional<JsonNode> object(String content) {
    for (int at = content.indexOf('{'); at >= 0; at = content.indexOf('{', at + 1)) {
      Optional<JsonNode> object = parse(content.substring(at)).filter(node -> node.has("prompt"));
      if (object.isPresent()) {
        return object;
      }
    }
    return Optional.empty();
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(LENIENT.readTree(text));
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  private static GeneratedAnswer judge(String content, JsonNode object, List<Prompt> known) {
    JsonNode text = object.path("prompt");
    String prompt = text.isTextual() ? text.textValue().strip() : "";
    JsonNode tokens = object.path("max_tokens");
    return fault(prompt, known)
        .or(() -> fault(tokens))
        .<GeneratedAnswer>map(reason -> new GeneratedAnswer.Rejected(content, reason))
        .orElseGet(() -> new GeneratedAnswer.Accepted(prompt, tokens.intValue()));
  }

  private static Optional<String> fault(String prompt, List<Prompt> known) {
    int length = prompt.codePointCount(0, prompt.length());
    if (length == 0) {
      return Optional.of("\"prompt\" is not a text, or blank");
    }
    if (length < SHORTEST) {
      return Optional.of(
          "the prompt is too short (%d characters of %d)".formatted(length, SHORTEST));
    }
    if (length > LONGEST) {
      return Optional.of("the prompt is too long (%d characters of %d)".formatted(length, LONGEST));
    }
    return known.stream()
        .filter(other -> same(other.text(), prompt))
        .findFirst()
        .map(other -> "the same prompt as number " + other.id());
  }

  private static Optional<String> fault(JsonNode tokens) {
    return tokens.isIntegralNumber()
            && tokens.canConvertToInt()
            && tokens.intValue() >= LEAST_TOKENS
            && tokens.intValue() <= MOST_TOKENS
        ? Optional.empty()
        : Optional.of(
            "\"max_tokens\" is not a whole number from %d to %d"
                .formatted(LEAST_TOKENS, MOST_TOKENS));
  }

  private static boolean same(String one, String other) {
    return letters(one).equals(letters(other));
  }

  private static String letters(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }

  private GeneratedAnswerReader() {}
}
