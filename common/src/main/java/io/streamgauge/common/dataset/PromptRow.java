package io.streamgauge.common.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A prompt as a row of a file: {@code {"id", "category", "prompt", "max_tokens"}} or the text
 * alone. All but the prompt may be absent or null.
 */
final class PromptRow {
  private static final List<String> FIELDS = List.of("id", "category", "prompt", "max_tokens");
  private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,8}");

  static Prompt read(int number, JsonNode row) {
    if (row.isTextual()) {
      return new Prompt(
          String.valueOf(number), Prompt.DEFAULT_CATEGORY, row.textValue(), Optional.empty());
    }
    if (!row.isObject()) {
      throw new PlanException("value", Shown.value(row), "an object or a text");
    }
    row.forEachEntry(PromptRow::known);
    return new Prompt(
        field(row, "id").map(PromptRow::id).orElse(String.valueOf(number)),
        field(row, "category").map(PromptRow::category).orElse(Prompt.DEFAULT_CATEGORY),
        field(row, "prompt").map(PromptRow::text).orElseThrow(PromptRow::noPrompt),
        field(row, "max_tokens").map(PromptRow::maxTokens));
  }

  static ObjectNode write(Prompt prompt) {
    ObjectNode row = Json.MAPPER.createObjectNode();
    if (NUMBER.matcher(prompt.id()).matches()) {
      row.put("id", Integer.parseInt(prompt.id()));
    } else {
      row.put("id", prompt.id());
    }
    row.put("category", prompt.category()).put("prompt", prompt.text());
    prompt.maxTokens().ifPresent(tokens -> row.put("max_tokens", tokens));
    return row;
  }

  private static void known(String name, JsonNode value) {
    if (!FIELDS.contains(name)) {
      throw new PlanException(
          "unknown field " + Shown.text(name),
          Shown.value(value),
          "no fields but " + String.join(", ", FIELDS));
    }
  }

  private static Optional<JsonNode> field(JsonNode row, String name) {
    return Optional.ofNullable(row.get(name)).filter(value -> !value.isNull());
  }

  private static String id(JsonNode value) {
    if (!value.isNumber() && !value.isTextual()) {
      throw new PlanException("id", Shown.value(value), "a number or a text");
    }
    return value.asText();
  }

  private static String category(JsonNode value) {
    if (!value.isTextual()) {
      throw new PlanException("category", Shown.value(value), "a text");
    }
    return value.textValue();
  }

  private static String text(JsonNode value) {
    if (!value.isTextual()) {
      throw new PlanException("prompt", Shown.value(value), "a text");
    }
    return value.textValue();
  }

  private static int maxTokens(JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new PlanException("max_tokens", Shown.value(value), "a whole number of 1 or more");
    }
    return value.intValue();
  }

  private static PlanException noPrompt() {
    return new PlanException("prompt", "nothing", "a text");
  }

  private PromptRow() {}
}
