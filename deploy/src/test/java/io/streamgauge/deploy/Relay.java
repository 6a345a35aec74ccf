package io.streamgauge.deploy;

import io.streamgauge.common.json.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Stands in front of an engine, and keeps what was asked and answered by the requests' ids. */
final class Relay implements AutoCloseable {
  /**
   * One request.
   *
   * @param arrived when it was there, {@code ended} when its last bytes were written, in ns
   */
  record Passed(String body, String answer, long arrived, long ended) {}

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(100));
  private final Map<String, Passed> passed = new ConcurrentHashMap<>();
  private final Predicate<String> failing;
  private final String target;
  private final HttpServer server;

  /** Requests whose id is {@code failing} are refused here. */
  Relay(String target, Predicate<String> failing) {
    this.target = target;
    this.failing = failing;
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.body().onSuccess(body -> pass(request, body)))
            .listen(0, "127.0.0.1")
            .await();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** What has passed, by the id of the request; what has none is not kept. */
  Map<String, Passed> passed() {
    return Map.copyOf(passed);
  }

  private void pass(HttpServerRequest request, Buffer body) {
    long arrived = System.nanoTime();
    String id = Objects.requireNonNullElse(request.getHeader("X-Request-Id"), "");
    if (failing.test(id)) {
      passed.put(id, new Passed(body.toString(), "", arrived, arrived));
      request.response().setStatusCode(500).end("refused here");
      return;
    }
    client
        .request(
            new RequestOptions()
                .setAbsoluteURI(target + request.uri())
                .setMethod(request.method())
                .putHeader("X-Request-Id", id)
                .putHeader("Content-Type", "application/json"))
        .compose(onward -> onward.send(body))
        .onSuccess(
            answer -> answer(request.response(), answer, new Going(id, body.toString(), arrived)));
  }

  private record Going(String id, String body, long arrived) {}

  private void answer(HttpServerResponse response, HttpClientResponse answer, Going going) {
    response.setStatusCode(answer.statusCode()).setChunked(true);
    response.putHeader("Content-Type", String.valueOf(answer.getHeader("Content-Type")));
    Buffer all = Buffer.buffer();
    long[] last = {going.arrived()};
    answer.handler(
        part -> {
          all.appendBuffer(part);
          last[0] = System.nanoTime();
          if (!going.id().isEmpty()) {
            passed.put(
                going.id(), new Passed(going.body(), all.toString(), going.arrived(), last[0]));
          }
          response.write(part);
        });
    answer.endHandler(_ -> response.end());
  }

  /** The text of a streamed chat answer. */
  static String text(String answer) {
    StringBuilder text = new StringBuilder();
    answer
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .forEach(
            line -> {
              try {
                text.append(
                    Json.MAPPER
                        .readTree(line.substring(6))
                        .at("/choices/0/delta/content")
                        .asText(""));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return text.toString();
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
