package io.streamgauge.common.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A prompt as a row of a file: {@code {"id", "category", "prompt", "max_tokens", "input_tokens"}}
 * or the text alone. In place of the prompt there may be {@code messages} with {@code tools}, a
 * {@code body} or {@code token_ids}. All but one of these may be absent or null; traces call the
 * last one {@code input_length}. A conversation has {@code turns} beside its first one, each with
 * {@code messages}, and perhaps what was {@code recorded} before it, {@code think} and {@code
 * max_tokens}.
 */
public final class PromptRow {
  private static final String INPUT_TOKENS = "input_tokens";
  private static final String INPUT_LENGTH = "input_length";
  private static final String TURNS = "turns";
  private static final List<String> FIELDS =
      List.of(
          "id",
          "category",
          "prompt",
          "messages",
          "tools",
          "body",
          "token_ids",
          "max_tokens",
          INPUT_TOKENS,
          INPUT_LENGTH,
          TURNS);
  private static final List<String> CONTENTS = List.of("prompt", "messages", "body", "token_ids");
  private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,8}");

  public static Prompt read(int number, JsonNode row) {
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
        content(row),
        field(row, "max_tokens").map(value -> tokens("max_tokens", value)),
        inputTokens(row),
        field(row, TURNS).map(PromptRow::turns));
  }

  public static ObjectNode write(Prompt prompt) {
    ObjectNode row = Json.MAPPER.createObjectNode();
    if (NUMBER.matcher(prompt.id()).matches()) {
      row.put("id", Integer.parseInt(prompt.id()));
    } else {
      row.put("id", prompt.id());
    }
    row.put("category", prompt.category());
    switch (prompt.content()) {
      case PromptContent.Text(String text) -> row.put("prompt", text);
      case PromptContent.Messages messages -> row.setAll((ObjectNode) messages.json());
      case PromptContent.Body body -> row.set("body", body.body());
      case PromptContent.Tokens tokens -> row.set("token_ids", tokens.json());
    }
    prompt.maxTokens().ifPresent(tokens -> row.put("max_tokens", tokens));
    prompt.inputTokens().ifPresent(tokens -> row.put(INPUT_TOKENS, tokens));
    prompt.turns().ifPresent(turns -> row.set(TURNS, Json.MAPPER.valueToTree(turns)));
    return row;
  }

  private static List<Turn> turns(JsonNode value) {
    List<Turn> turns = new ArrayList<>();
    for (JsonNode turn : array(TURNS, value)) {
      try {
        turns.add(Json.MAPPER.treeToValue(turn, Turn.class));
      } catch (JsonProcessingException e) {
        throw e.getCause() instanceof PlanException wrong
            ? wrong
            : expected(
                TURNS, turn, "objects with messages, and perhaps recorded, think, max_tokens");
      }
    }
    return turns;
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

  /** One of four: a text, messages (and tools), a body, token ids. */
  private static PromptContent content(JsonNode row) {
    List<String> given = CONTENTS.stream().filter(name -> field(row, name).isPresent()).toList();
    if (given.size() != 1) {
      throw new PlanException(
          "prompt",
          given.isEmpty() ? "nothing" : String.join(" and ", given),
          given.isEmpty() ? "a text" : "one of " + String.join(", ", CONTENTS));
    }
    JsonNode value = row.get(given.getFirst());
    return switch (given.getFirst()) {
      case "messages" -> new PromptContent.Messages(array("messages", value), tools(row));
      case "body" -> new PromptContent.Body(object("body", value));
      case "token_ids" -> new PromptContent.Tokens(ids(array("token_ids", value)));
      default -> new PromptContent.Text(text(value));
    };
  }

  private static Optional<ArrayNode> tools(JsonNode row) {
    return field(row, "tools").map(tools -> array("tools", tools));
  }

  private static List<Integer> ids(ArrayNode array) {
    List<Integer> ids = new ArrayList<>();
    for (JsonNode id : array) {
      if (!id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() < 0) {
        throw expected("token_ids", id, "whole numbers of 0 or more");
      }
      ids.add(id.intValue());
    }
    return ids;
  }

  private static ArrayNode array(String name, JsonNode value) {
    if (value instanceof ArrayNode array) {
      return array;
    }
    throw expected(name, value, "an array");
  }

  private static ObjectNode object(String name, JsonNode value) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw expected(name, value, "an object");
  }

  private static PlanException expected(String name, JsonNode value, String what) {
    return new PlanException(name, Shown.value(value), what);
  }

  private static String text(JsonNode value) {
    if (!value.isTextual()) {
      throw new PlanException("prompt", Shown.value(value), "a text");
    }
    return value.textValue();
  }

  private static Optional<Integer> inputTokens(JsonNode row) {
    Optional<Integer> tokens = field(row, INPUT_TOKENS).map(value -> tokens(INPUT_TOKENS, value));
    Optional<Integer> length = field(row, INPUT_LENGTH).map(value -> tokens(INPUT_LENGTH, value));
    if (tokens.isPresent() && length.isPresent() && !tokens.equals(length)) {
      throw new PlanException(
          INPUT_LENGTH, length.get(), "the same as input_tokens, or one of both");
    }
    return tokens.or(() -> length);
  }

  private static int tokens(String field, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new PlanException(field, Shown.value(value), "a whole number of 1 or more");
    }
    return value.intValue();
  }

  private PromptRow() {}
}
