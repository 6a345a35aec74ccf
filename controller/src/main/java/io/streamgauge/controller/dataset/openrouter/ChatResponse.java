package io.streamgauge.controller.dataset.openrouter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.streamgauge.common.json.Json;
import io.streamgauge.controller.dataset.Text;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the API's response. An error may also come with status 200, as an object in the body. */
final class ChatResponse {
  private static final int SHOWN = 200;

  static ChatReply read(
      int status, String statusMessage, @Nullable String retryAfter, String body, Instant now) {
    JsonNode json = json(body);
    JsonNode error = json.has("error") ? json.path("error") : choice(json).path("error");
    int code = status == 200 && error.isObject() ? error.path("code").asInt(500) : status;
    if (code != 200) {
      String said = error.isTextual() ? error.textValue() : error.path("message").asText("");
      String shown = said.isBlank() ? statusMessage : said;
      String reason = Text.line("status %d: %s".formatted(code, shown), SHOWN);
      return again(code)
          ? new ChatReply.Failed(
              reason, Optional.ofNullable(retryAfter).flatMap(value -> RetryAfter.read(value, now)))
          : new ChatReply.Refused(reason);
    }
    JsonNode content = choice(json).path("message").path("content");
    return content.isTextual() && !content.textValue().isBlank()
        ? new ChatReply.Content(content.textValue())
        : new ChatReply.Failed(
            "status 200 without choices[0].message.content: " + Text.line(body, 60),
            Optional.empty());
  }

  private static boolean again(int status) {
    return status == 408 || status == 425 || status == 429 || status >= 500;
  }

  private static JsonNode choice(JsonNode json) {
    return json.path("choices").path(0);
  }

  private static JsonNode json(String body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (JsonProcessingException _) {
      return MissingNode.getInstance();
    }
  }

  private ChatResponse() {}
}
