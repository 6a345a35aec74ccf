package io.streamgauge.agent.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.common.plan.ApiEndpoint;
import io.streamgauge.common.plan.Target;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The head of every request to a target, encoded once but for what differs from request to request.
 */
final class RequestHead {
  private final byte[] constant;

  RequestHead(Target target, ApiEndpoint endpoint, Optional<String> apiKey) {
    URI uri = target.uri();
    Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    fields.put("Host", uri.getRawAuthority());
    fields.put("User-Agent", "streamgauge");
    fields.put("Accept", "text/event-stream");
    fields.put("Content-Type", "application/json");
    apiKey.ifPresent(key -> fields.put("Authorization", "Bearer " + key));
    fields.putAll(target.headers());
    StringBuilder text = new StringBuilder();
    text.append("POST ").append(uri.getRawPath()).append(endpoint.path()).append(" HTTP/1.1\r\n");
    fields.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    this.constant = text.toString().getBytes(UTF_8);
  }

  /** A whole request. */
  Buffer with(String requestId, boolean lastOfConnection, Buffer body) {
    String rest =
        (lastOfConnection ? "Connection: close\r\n" : "")
            + "X-Request-Id: "
            + requestId
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    return Buffer.buffer(constant.length + rest.length() + body.length())
        .appendBytes(constant)
        .appendString(rest)
        .appendBuffer(body);
  }
}
