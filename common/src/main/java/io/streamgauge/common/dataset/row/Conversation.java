package io.streamgauge.common.dataset.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.streamgauge.common.dataset.PromptContent;
import java.util.Optional;

/** What was said, as messages of OpenAI's chat API: a system message or none, then turns. */
public record Conversation(ArrayNode messages) {
  public static ArrayNode messages(String role, String content) {
    return add(JsonNodeFactory.instance.arrayNode(), role, content);
  }

  public static ArrayNode add(ArrayNode messages, String role, String content) {
    messages.addObject().put("role", role).put("content", content);
    return messages;
  }

  /** How often a person speaks. */
  public int turns() {
    int turns = 0;
    for (JsonNode message : messages) {
      turns += isUser(message) ? 1 : 0;
    }
    return turns;
  }

  /** All up to the first message of a person; a text where that is the only message. */
  public PromptContent firstTurn() {
    ArrayNode first = JsonNodeFactory.instance.arrayNode();
    for (JsonNode message : messages) {
      first.add(message);
      if (isUser(message)) {
        break;
      }
    }
    JsonNode content = first.path(0).path("content");
    return first.size() == 1 && content.isTextual()
        ? new PromptContent.Text(content.textValue())
        : new PromptContent.Messages(first, Optional.empty());
  }

  private static boolean isUser(JsonNode message) {
    return message.path("role").asText().equals("user");
  }
}
