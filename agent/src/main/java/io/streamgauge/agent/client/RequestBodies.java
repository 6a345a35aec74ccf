package io.streamgauge.agent.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.RequestShape;
import java.io.UncheckedIOException;

/**
 * The JSON bodies of the OpenAI API: a streamed request that asks for the server's token counts.
 */
public final class RequestBodies {
  /** The body that sends {@code prompt} to {@code model}, in UTF-8. */
  public static byte[] encode(RequestShape shape, String model, Prompt prompt) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("model", model);
    switch (shape.endpoint()) {
      case CHAT ->
          body.putArray("messages").addObject().put("role", "user").put("content", prompt.text());
      case COMPLETIONS -> body.put("prompt", prompt.text());
    }
    body.put("max_tokens", shape.maxTokens(prompt.maxTokens()));
    if (shape.ignoreEos()) {
      body.put("ignore_eos", true);
    }
    body.put("stream", true);
    body.putObject("stream_options").put("include_usage", true);
    try {
      return Json.MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RequestBodies() {}
}
