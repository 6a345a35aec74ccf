package io.streamgauge.agent.stream.delta;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Events that say by a {@code type} of their own what they are: those of OpenAI's responses and of
 * Anthropic's messages. What is not known of them bears nothing unless text is found in it.
 */
final class TypedEvents {
  /** Whether the event is one of them; then it has been read. */
  static boolean read(JsonNode event, Delta into) {
    String type = event.path("type").asText();
    switch (type) {
      case "message_start" -> into.add(Delta.ROLE);
      case "content_block_start" -> find(event.path("content_block"), TextKind.TEXT, into);
      case "content_block_delta" -> find(event.path("delta"), TextKind.TEXT, into);
      case "content_block_stop" -> {}
      case "message_delta" ->
          into.finish(reason(event.path("delta").path("stop_reason").asText("")));
      case "message_stop" -> into.end();
      case "response.created" -> into.add(Delta.ROLE);
      case "response.completed", "response.incomplete" -> {
        into.finish(
            reason(
                event.path("response").path("incomplete_details").path("reason").asText("stop")));
        into.end();
      }
      default -> {
        if (!type.startsWith("response.")) {
          return false;
        }
        if (type.endsWith(".delta")) {
          find(event.path("delta"), TextKind.ofType(type), into);
        }
      }
    }
    return true;
  }

  private static void find(JsonNode node, TextKind kind, Delta into) {
    ChunkText.find(node, kind, "delta", into.finder());
  }

  /** In the words of the chat API where these APIs have others for the same. */
  private static @Nullable String reason(String told) {
    return switch (told) {
      case "end_turn", "stop_sequence" -> FinishReasons.STOP;
      case "max_tokens", "max_output_tokens" -> FinishReasons.LENGTH;
      case "tool_use" -> FinishReasons.TOOL_CALLS;
      default -> FinishReasons.of(told);
    };
  }

  private TypedEvents() {}
}
