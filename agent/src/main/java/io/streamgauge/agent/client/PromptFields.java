package io.streamgauge.agent.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.plan.request.ApiEndpoint;
import java.util.StringJoiner;

/** Where a prompt stands in the body of a request: each API has its own field for it. */
final class PromptFields {
  /** The endpoint takes such a content: that was checked before the load. */
  static void put(ObjectNode body, ApiEndpoint endpoint, PromptContent content) {
    switch (content) {
      case PromptContent.Text(String text) -> text(body, endpoint, text);
      case PromptContent.Messages messages -> messages(body, endpoint, messages);
      case PromptContent.Body whole -> body.setAll(whole.body());
      case PromptContent.Tokens tokens ->
          body.set(endpoint == ApiEndpoint.COMPLETIONS ? "prompt" : "input", tokens.json());
    }
  }

  /** The field with the messages of a conversation; only of an endpoint that takes them. */
  static String messages(ApiEndpoint endpoint) {
    return switch (endpoint) {
      case RESPONSES -> "input";
      case CHAT, MESSAGES, COMPLETIONS, EMBEDDINGS -> "messages";
    };
  }

  private static void text(ObjectNode body, ApiEndpoint endpoint, String text) {
    switch (endpoint) {
      case CHAT, MESSAGES ->
          body.putArray("messages").addObject().put("role", "user").put("content", text);
      case COMPLETIONS -> body.put("prompt", text);
      case RESPONSES, EMBEDDINGS -> body.put("input", text);
    }
  }

  private static void messages(
      ObjectNode body, ApiEndpoint endpoint, PromptContent.Messages content) {
    switch (endpoint) {
      case RESPONSES -> body.set("input", content.messages());
      case MESSAGES -> system(body, content.messages());
      case CHAT, COMPLETIONS, EMBEDDINGS -> body.set("messages", content.messages());
    }
    content.tools().ifPresent(tools -> body.set("tools", tools));
  }

  /** Anthropic's API has what the system says beside the messages, and not among them. */
  private static void system(ObjectNode body, ArrayNode messages) {
    StringJoiner system = new StringJoiner("\n\n");
    ArrayNode others = body.putArray("messages");
    for (JsonNode message : messages) {
      if (message.path("role").asText().equals("system")) {
        system.add(message.path("content").asText());
      } else {
        others.add(message);
      }
    }
    if (system.length() > 0) {
      body.put("system", system.toString());
    }
  }

  private PromptFields() {}
}
