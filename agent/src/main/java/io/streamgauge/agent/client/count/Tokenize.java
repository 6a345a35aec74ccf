package io.streamgauge.agent.client.count;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.json.Json;
import java.util.OptionalInt;

/** What engines call {@code /tokenize}, the most exact first. */
enum Tokenize {
  /** vLLM's, which puts the chat template around it. */
  MESSAGES {
    @Override
    ObjectNode question(String model, String text) {
      ObjectNode body = Json.MAPPER.createObjectNode().put("model", model);
      body.putArray("messages").addObject().put("role", "user").put("content", text);
      return body;
    }
  },

  /** vLLM's and SGLang's, of the text alone. */
  PROMPT {
    @Override
    ObjectNode question(String model, String text) {
      return Json.MAPPER.createObjectNode().put("model", model).put("prompt", text);
    }
  },

  /** llama.cpp's, of the text alone. */
  CONTENT {
    @Override
    ObjectNode question(String model, String text) {
      return Json.MAPPER.createObjectNode().put("content", text).put("add_special", true);
    }
  };

  static final String PATH = "/tokenize";

  abstract ObjectNode question(String model, String text);

  /** How many tokens an answer tells of. */
  static OptionalInt tokens(JsonNode answer) {
    JsonNode count = answer.path("count");
    JsonNode tokens = answer.path("tokens");
    return count.canConvertToInt() && count.isIntegralNumber()
        ? OptionalInt.of(count.intValue())
        : tokens.isArray() && !tokens.isEmpty()
            ? OptionalInt.of(tokens.size())
            : OptionalInt.empty();
  }
}
