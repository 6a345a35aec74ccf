package io.streamgauge.common.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The texts in a list of messages: a message's content is a text, or parts with a text each. */
final class MessageText {
  /** The text of the last message that has one; else the message as it is. */
  static String last(ArrayNode messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      String text = text(messages.get(i).path("content"));
      if (!text.isBlank()) {
        return text;
      }
    }
    return messages.get(messages.size() - 1).toString();
  }

  private static String text(JsonNode content) {
    if (content.isTextual()) {
      return content.textValue();
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      text.append(part.path("text").asText(""));
    }
    return text.toString();
  }

  /** A copy whose first text begins with {@code mark}. */
  static ArrayNode beginningWith(ArrayNode messages, String mark) {
    ArrayNode marked = messages.deepCopy();
    for (JsonNode message : marked) {
      if (message instanceof ObjectNode one && mark(one, mark)) {
        break;
      }
    }
    return marked;
  }

  private static boolean mark(ObjectNode message, String mark) {
    JsonNode content = message.path("content");
    if (content.isTextual()) {
      message.put("content", mark + content.textValue());
      return true;
    }
    for (JsonNode part : content) {
      if (part instanceof ObjectNode one && one.path("text").isTextual()) {
        one.put("text", mark + one.get("text").textValue());
        return true;
      }
    }
    return false;
  }

  private MessageText() {}
}
