package io.streamgauge.agent.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.client.answer.Timeline;
import io.streamgauge.common.plan.request.ApiEndpoint;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.plan.request.TargetUrl;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The head of every request to a target, encoded once but for what differs from request to request.
 */
final class RequestBytes {
  private static final String TRACEPARENT = "traceparent";

  private final byte[] constant;
  private final ApiEndpoint endpoint;
  private final String path;
  private final boolean inTrace;

  RequestBytes(Target target, ApiEndpoint endpoint, Optional<String> apiKey) {
    TargetUrl address = target.address();
    this.endpoint = endpoint;
    this.path = address.target(endpoint);
    Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    fields.put("Host", address.authority());
    fields.put("User-Agent", "streamgauge");
    fields.put("Accept", accepted(endpoint));
    fields.put("Content-Type", "application/json");
    if (endpoint == ApiEndpoint.MESSAGES) {
      fields.put("anthropic-version", "2023-06-01");
    }
    fields.putAll(target.headers(apiKey));
    this.inTrace = fields.containsKey(TRACEPARENT);
    StringBuilder text = new StringBuilder();
    text.append("POST ").append(path).append(" HTTP/1.1\r\n");
    fields.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    this.constant = text.toString().getBytes(UTF_8);
  }

  private static String accepted(ApiEndpoint endpoint) {
    return switch (endpoint) {
      case CHAT, COMPLETIONS, RESPONSES, MESSAGES -> "text/event-stream";
      case EMBEDDINGS -> "application/json";
    };
  }

  ApiEndpoint endpoint() {
    return endpoint;
  }

  /** What is asked for, with its query. */
  String path() {
    return path;
  }

  /** Which trace it belongs to, unless all requests tell so of another. */
  private String traced(Timeline request) {
    return request.traceparent == null || inTrace
        ? ""
        : "\r\n" + TRACEPARENT + ": " + request.traceparent;
  }

  /** A whole request. */
  byte[] with(Timeline request, boolean lastOfConnection, byte[] body) {
    byte[] rest =
        ((lastOfConnection ? "Connection: close\r\n" : "")
                + "X-Request-Id: "
                + request.requestId
                + traced(request)
                + "\r\nContent-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(UTF_8);
    return ByteBuffer.allocate(constant.length + rest.length + body.length)
        .put(constant)
        .put(rest)
        .put(body)
        .array();
  }
}
