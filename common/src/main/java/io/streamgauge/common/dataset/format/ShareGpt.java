package io.streamgauge.common.dataset.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.Shown;
import io.streamgauge.common.dataset.row.Conversation;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.row.Occasion;
import java.util.List;
import java.util.Optional;

/**
 * ShareGPT's conversations, as {@code conversations} with {@code from} and {@code value} or with
 * {@code role} and {@code content}, or as {@code conversation} with {@code human} and {@code
 * assistant}. The prompt is the first thing that a person says; what the model says in front of it
 * is left out.
 */
final class ShareGpt implements RowFormat {
  @Override
  public String name() {
    return "sharegpt";
  }

  @Override
  public String units() {
    return "";
  }

  @Override
  public boolean fits(Fields first) {
    return first.hasArray("conversations") || first.hasArray("conversation");
  }

  @Override
  public List<FileRow> read(Fields row) {
    Optional<String> id = row.text("id").or(() -> row.text("conversation_id"));
    Optional<String> category = row.text("category");
    boolean pairs = row.has("conversation");
    String field = pairs ? "conversation" : "conversations";
    ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    boolean asked = false;
    for (JsonNode turn : row.array(field)) {
      if (pairs) {
        Conversation.add(messages, "user", text(field, turn.path("human")));
        Conversation.add(messages, "assistant", text(field, turn.path("assistant")));
        asked = true;
      } else {
        String role = role(field, turn.has("from") ? turn.path("from") : turn.path("role"));
        asked |= role.equals("user");
        if (asked || role.equals("system")) {
          JsonNode value = turn.has("value") ? turn.path("value") : turn.path("content");
          Conversation.add(messages, role, text(field, value));
        }
      }
    }
    return List.of(
        asked ? sent(row, id, category, new Conversation(messages)) : skipped(row.array(field)));
  }

  private static FileRow skipped(ArrayNode turns) {
    return new FileRow.Skipped(
        turns.isEmpty() ? "an empty conversation" : "nothing said by a person");
  }

  private static FileRow sent(
      Fields row, Optional<String> id, Optional<String> category, Conversation conversation) {
    String first = conversation.messages().path(0).path("content").asText();
    if (first.isBlank()) {
      return new FileRow.Skipped("a blank first message");
    }
    return new FileRow.Sent(
        new Prompt(
            id.filter(text -> !text.isBlank()).orElse(String.valueOf(row.number())),
            category.filter(text -> !text.isBlank()).orElse(Prompt.DEFAULT_CATEGORY),
            conversation.firstTurn(),
            Optional.empty(),
            Optional.empty()),
        Optional.of(conversation),
        Occasion.ANY);
  }

  private static String role(String field, JsonNode from) {
    return switch (from.asText()) {
      case "human", "user" -> "user";
      case "gpt", "chatgpt", "assistant", "model", "bing", "bard" -> "assistant";
      case "system" -> "system";
      case "tool", "function", "observation" -> "tool";
      default ->
          throw new PlanException(
              field, Shown.value(from), "turns from human, gpt, system or tool");
    };
  }

  private static String text(String field, JsonNode value) {
    if (!value.isTextual()) {
      throw new PlanException(field, Shown.value(value), "turns with a text");
    }
    return value.textValue();
  }
}
