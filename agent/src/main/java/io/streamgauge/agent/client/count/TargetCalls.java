package io.streamgauge.agent.client.count;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.agent.client.TargetTrust;
import io.streamgauge.agent.client.answer.BoundedBody;
import io.streamgauge.agent.stream.http.ErrorBody;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.plan.request.Trust;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.codec.BodyCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks a target things outside of the load, a few at a time and each over a connection of its own,
 * because a kept one may be closed just when it is used again. On one context.
 */
final class TargetCalls {
  private static final int AT_ONCE = 8;
  private static final long TIMEOUT_MILLIS = 60_000;
  private static final int CONNECT_MILLIS = 4_000;
  private static final int LONGEST_ANSWER = 4 << 20;

  private final HttpClient http;
  private final WebClient web;
  private final Target target;
  private final Optional<String> apiKey;

  TargetCalls(Vertx vertx, Target target, Optional<String> apiKey) {
    Trust trust = target.options().trust();
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setKeepAlive(false)
            .setVerifyHost(!trust.insecure());
    TargetTrust.apply(options, trust);
    this.http =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(new PoolOptions().setHttp1MaxSize(AT_ONCE))
            .build();
    this.web = WebClient.wrap(http);
    this.target = target;
    this.apiKey = apiKey;
  }

  /** The JSON that the target answers; fails where it answers something else. */
  Future<JsonNode> post(String path, ObjectNode body) {
    HttpRequest<Buffer> request =
        web.post(target.address().connectPort(), target.address().host(), path)
            .ssl(target.address().tls())
            .timeout(TIMEOUT_MILLIS)
            .followRedirects(false)
            .putHeader("Content-Type", "application/json");
    target.headers(apiKey).forEach(request::putHeader);
    BoundedBody answer = new BoundedBody(LONGEST_ANSWER);
    return request
        .as(BodyCodec.pipe(answer))
        .sendBuffer(Buffer.buffer(body.toString()))
        .compose(response -> json(response.statusCode(), answer.bytes()));
  }

  private static Future<JsonNode> json(int status, byte[] body) {
    try {
      return status == 200
          ? Future.succeededFuture(Json.MAPPER.readTree(body))
          : Future.failedFuture("HTTP %d: %s".formatted(status, ErrorBody.of(body).message()));
    } catch (IOException _) {
      return Future.failedFuture("the answer is no JSON: " + ErrorBody.of(body).message());
    }
  }

  /** Asks for each of {@code from}, {@value #AT_ONCE} at a time; the first failure is all. */
  static <A, B> Future<List<B>> each(List<A> from, Function<A, Future<B>> ask) {
    List<Future<B>> answers = new ArrayList<>();
    List<Promise<B>> promises = new ArrayList<>();
    from.forEach(_ -> promises.add(Promise.promise()));
    promises.forEach(promise -> answers.add(promise.future()));
    for (int lane = 0; lane < Math.min(AT_ONCE, from.size()); lane++) {
      next(from, ask, promises, lane);
    }
    return Future.all(answers).map(_ -> answers.stream().map(Future::result).toList());
  }

  private static <A, B> void next(
      List<A> from, Function<A, Future<B>> ask, List<Promise<B>> promises, int at) {
    if (at < from.size()) {
      ask.apply(from.get(at))
          .onFailure(promises.get(at)::tryFail)
          .onSuccess(
              answer -> {
                promises.get(at).complete(answer);
                next(from, ask, promises, at + AT_ONCE);
              });
    }
  }

  void close() {
    http.close();
  }
}
