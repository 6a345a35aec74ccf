package io.streamgauge.agent.sim.dialect;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.json.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;

/** Whole answers in the types that the routes give. */
public final class JsonReplies {
  private static final int LINES_BYTES = 64 * 1024;

  public static void json(HttpServerResponse response, int status, Buffer body) {
    response.setStatusCode(status).putHeader("content-type", "application/json").end(body);
  }

  public static void json(HttpServerResponse response, int status, Object body) {
    json(response, status, bytes(body));
  }

  public static void text(HttpServerResponse response, String type, String body) {
    response.putHeader("content-type", type).end(body);
  }

  public static void error(HttpServerResponse response, ApiException error) {
    json(response, error.status(), error.body());
  }

  /** FastAPI's answer where no route of vLLM is reached. */
  public static void detail(HttpServerResponse response, int status, String detail) {
    json(response, status, Json.MAPPER.createObjectNode().put("detail", detail));
  }

  /** One JSON line for each value, as fast as the reader takes them. */
  public static void lines(Vertx vertx, HttpServerResponse response, List<?> values) {
    response.setChunked(true).putHeader("content-type", "application/x-ndjson");
    more(vertx, response, values.iterator());
  }

  private static void more(Vertx vertx, HttpServerResponse response, Iterator<?> values) {
    Buffer lines = Buffer.buffer(LINES_BYTES);
    while (values.hasNext() && lines.length() < LINES_BYTES) {
      lines.appendBuffer(bytes(values.next())).appendString("\n");
    }
    if (values.hasNext()) {
      // Through the event loop and not by recursion: replies that are due meanwhile come first.
      response
          .write(lines)
          .onSuccess(taken -> vertx.runOnContext(next -> more(vertx, response, values)));
    } else {
      response.end(lines);
    }
  }

  private static Buffer bytes(Object value) {
    try {
      return Buffer.buffer(Json.MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }

  private JsonReplies() {}
}
