package io.streamgauge.controller.dataset.openrouter;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.json.Json;
import io.streamgauge.controller.dataset.Text;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** A client of the chat API: one call, one {@link ChatReply}; it retries nothing. */
public final class OpenRouter implements AutoCloseable {
  private final WebClient client;
  private final String url;
  private final OpenRouterKey key;
  private final Duration timeout;
  private final InstantSource clock;

  public OpenRouter(
      Vertx vertx, URI base, OpenRouterKey key, Duration timeout, InstantSource clock) {
    // A redirect would carry the key to another host.
    this.client =
        WebClient.create(
            vertx,
            new WebClientOptions()
                .setFollowRedirects(false)
                .setConnectTimeout(Math.toIntExact(timeout.toMillis())));
    this.url = base + "/api/v1/chat/completions";
    this.key = key;
    this.timeout = timeout;
    this.clock = clock;
  }

  /** The future fails on a bug only. */
  public Future<ChatReply> complete(ChatRequest request) {
    return client
        .postAbs(url)
        .putHeader(HttpHeaders.AUTHORIZATION.toString(), key.header())
        .putHeader(HttpHeaders.CONTENT_TYPE.toString(), "application/json")
        .timeout(timeout.toMillis())
        .sendBuffer(body(request))
        .timeout(timeout.toMillis(), MILLISECONDS)
        .transform(
            sent ->
                Future.succeededFuture(
                    sent.succeeded() ? read(sent.result()) : lost(sent.cause())));
  }

  @Override
  public void close() {
    client.close();
  }

  private ChatReply read(HttpResponse<Buffer> response) {
    String body = response.body() == null ? "" : response.bodyAsString();
    return ChatResponse.read(
        response.statusCode(),
        response.statusMessage(),
        response.headers().get(HttpHeaders.RETRY_AFTER),
        key.redact(body),
        clock.instant());
  }

  private ChatReply lost(Throwable cause) {
    String reason =
        cause instanceof TimeoutException
            ? "no answer within " + Durations.format(timeout)
            : "connection failed: " + cause.getMessage();
    return new ChatReply.Failed(Text.line(key.redact(reason), 200), Optional.empty());
  }

  private static Buffer body(ChatRequest request) {
    try {
      return Buffer.buffer(Json.MAPPER.writeValueAsBytes(request));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a chat request that is no JSON", e);
    }
  }
}
