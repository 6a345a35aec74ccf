package io.streamgauge.controller.dataset;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeoutException;

/** A client of the chat API: one call, one answer; it retries nothing. Blocks. */
final class OpenRouter implements AutoCloseable {
  private static final int SHOWN = 200;

  private final Vertx vertx = Vertx.vertx();
  private final WebClient client;
  private final String url;
  private final OpenRouterKey key;
  private final DatasetGeneration how;

  OpenRouter(URI base, OpenRouterKey key, DatasetGeneration how) {
    // A redirect would carry the key to another host.
    this.client = WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false));
    this.url = base + "/api/v1/chat/completions";
    this.key = key;
    this.how = how;
  }

  /**
   * What the model says.
   *
   * @throws Setback where that is nothing
   */
  String complete(ObjectNode body) {
    return read(
        client
            .postAbs(url)
            .putHeader("Authorization", key.header())
            .putHeader("Content-Type", "application/json")
            .timeout(how.timeout().toMillis())
            .sendBuffer(Buffer.buffer(body.toString()))
            .timeout(how.timeout().toMillis(), MILLISECONDS)
            .recover(cause -> Future.failedFuture(lost(cause)))
            .await());
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  private Setback lost(Throwable cause) {
    String reason =
        cause instanceof TimeoutException
            ? "no answer within " + Durations.format(how.timeout())
            : "connection failed: " + cause.getMessage();
    return Setback.passing(Text.line(key.redact(reason), SHOWN), Duration.ZERO);
  }

  /** An error may also come with status 200, as an object in the body. */
  private String read(HttpResponse<Buffer> response) {
    String body = response.body() == null ? "" : key.redact(response.bodyAsString());
    JsonNode json = json(body);
    JsonNode choice = json.path("choices").path(0);
    JsonNode error = json.has("error") ? json.path("error") : choice.path("error");
    boolean failed = response.statusCode() == 200 && error.isObject();
    int status = failed ? error.path("code").asInt(500) : response.statusCode();
    if (status != 200) {
      String said = error.isTextual() ? error.textValue() : error.path("message").asText("");
      String shown = said.isBlank() ? response.statusMessage() : said;
      String reason = Text.line("status %d: %s".formatted(status, shown), SHOWN);
      boolean passes = status == 408 || status == 425 || status == 429 || status >= 500;
      throw passes ? Setback.passing(reason, wish(response)) : Setback.last(reason);
    }
    JsonNode content = choice.path("message").path("content");
    if (!content.isTextual() || content.textValue().isBlank()) {
      throw Setback.passing(
          "status 200 without choices[0].message.content: " + Text.line(body, 60), Duration.ZERO);
    }
    return content.textValue();
  }

  private static JsonNode json(String body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (JsonProcessingException _) {
      return MissingNode.getInstance();
    }
  }

  /** The header {@code Retry-After}: seconds or a date. One that is neither says nothing. */
  private Duration wish(HttpResponse<Buffer> response) {
    String value = String.valueOf(response.getHeader("Retry-After")).strip();
    if (value.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      ZonedDateTime then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration wait = Duration.between(how.clock().instant(), then);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException _) {
      return Duration.ZERO;
    }
  }
}
