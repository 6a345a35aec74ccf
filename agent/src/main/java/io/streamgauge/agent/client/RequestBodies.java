package io.streamgauge.agent.client;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.request.RequestShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The JSON bodies of the APIs: where answers have tokens, a stream that ends with their counts. */
public final class RequestBodies {
  private static final String MIN_TOKENS = "min_tokens";

  /** The body that sends {@code prompt} to {@code model}, in UTF-8. */
  public static byte[] encode(RequestShape shape, String model, Prompt prompt) {
    try {
      return Json.MAPPER.writeValueAsBytes(body(shape, model, prompt));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same of messages that others are to follow. */
  public static OpenBody open(RequestShape shape, String model, Prompt prompt) {
    ObjectNode body = body(shape, model, prompt);
    String messages = PromptFields.messages(shape.endpoint());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int end = 0;
    try (JsonGenerator out = Json.MAPPER.createGenerator(bytes)) {
      out.writeStartObject();
      for (Map.Entry<String, JsonNode> field : body.properties()) {
        out.writeFieldName(field.getKey());
        out.writeTree(field.getValue());
        if (field.getKey().equals(messages)) {
          out.flush();
          end = bytes.size() - 1;
        }
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new OpenBody(bytes.toByteArray(), end);
  }

  private static ObjectNode body(RequestShape shape, String model, Prompt prompt) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("model", model);
    PromptFields.put(body, shape.endpoint(), prompt.content());
    switch (shape.endpoint()) {
      case CHAT, COMPLETIONS -> {
        generation(body, shape, prompt);
        atLeast(body, shape);
        usage(body);
      }
      case RESPONSES, MESSAGES -> generation(body, shape, prompt);
      case EMBEDDINGS -> {}
    }
    body.put("model", model);
    shape.body().ifPresent(fields -> fields.applyTo(body));
    return body;
  }

  private static void generation(ObjectNode body, RequestShape shape, Prompt prompt) {
    shape
        .limitField()
        .filter(_ -> !RequestShape.limitOf(body).isPresent())
        .ifPresent(field -> body.put(field, shape.maxTokens(prompt.maxTokens())));
    if (shape.ignoreEos()) {
      body.put("ignore_eos", true);
    }
    body.put("stream", true);
  }

  /** As many tokens as at most, where the engine knows such a field: the other APIs have none. */
  private static void atLeast(ObjectNode body, RequestShape shape) {
    if (shape.minTokens().isPresent() && !body.has(MIN_TOKENS)) {
      RequestShape.limitOf(body).ifPresent(limit -> body.put(MIN_TOKENS, limit));
    }
  }

  /** The other APIs tell the counts unasked. */
  private static void usage(ObjectNode body) {
    body.putObject("stream_options").put("include_usage", true);
  }

  private RequestBodies() {}
}
