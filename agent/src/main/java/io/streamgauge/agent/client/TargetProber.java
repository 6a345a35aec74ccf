package io.streamgauge.agent.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.client.answer.BoundedBody;
import io.streamgauge.agent.stream.http.ErrorBody;
import io.streamgauge.common.agent.TargetProbe;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.request.ModelMix;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.plan.request.TargetUrl;
import io.streamgauge.common.plan.request.Trust;
import io.streamgauge.common.secret.KnownSecrets;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.codec.BodyCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks a target for its models and, where it is one that tells, for how many requests it serves at
 * once and how many tokens it takes for one. Never fails: what went wrong is part of the answer.
 * Each question has a connection of its own, closed after it: an idle one may hold the only worker
 * of a small server.
 */
public final class TargetProber {
  private static final long TIMEOUT_MILLIS = 5_000;
  private static final int LONGEST_ANSWER = 4 << 20;

  /** Less than the whole, so that a target that cannot be reached is told from one that is slow. */
  private static final int CONNECT_MILLIS = 4_000;

  /** Nobody waits longer for what is only good to know. */
  private static final long LIMIT_TIMEOUT_MILLIS = 2_000;

  private final HttpClient http;
  private final WebClient web;
  private final Target target;
  private final TargetUrl address;
  private final Optional<String> apiKey;
  private volatile boolean connected;

  private TargetProber(Vertx vertx, Target target, Optional<String> apiKey) {
    Trust trust = target.options().trust();
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setKeepAlive(false)
            .setVerifyHost(!trust.insecure());
    TargetTrust.apply(options, trust);
    this.http =
        vertx.httpClientBuilder().with(options).withConnectHandler(_ -> connected = true).build();
    this.web = WebClient.wrap(http);
    this.target = target;
    this.address = target.address();
    this.apiKey = apiKey;
  }

  private record Answer(int status, BoundedBody content) {
    byte[] body() {
      return content.bytes();
    }
  }

  /** Asks each thing once. */
  public static Future<TargetProbe> probe(Vertx vertx, Target target, Optional<String> apiKey) {
    TargetProber prober = new TargetProber(vertx, target, apiKey);
    KnownSecrets secrets =
        KnownSecrets.of(target.url(), apiKey.stream().toList(), target.headers());
    return prober
        .probe()
        .map(found -> found.past(ProxyVariable.of(prober.address, System.getenv())))
        .map(found -> found.withProblem(found.problem().map(secrets::mask)))
        .onComplete(_ -> prober.http.close());
  }

  private Future<TargetProbe> probe() {
    return models()
        .compose(
            probe ->
                probe.reached()
                    ? limit()
                        .map(
                            told ->
                                probe
                                    .serving(told.requests())
                                    .taking(probe.context().or(told::context)))
                    : Future.succeededFuture(probe));
  }

  private Future<TargetProbe> models() {
    return get(address.models(), TIMEOUT_MILLIS)
        .map(this::models)
        .otherwise(error -> TargetProbe.problem(Failures.message(error), connected));
  }

  /** The first that is told, if any. */
  private Future<ServingLimit.Told> limit() {
    List<Future<ServingLimit.Told>> asked =
        Arrays.stream(ServingLimit.values()).map(this::limit).toList();
    return Future.all(asked)
        .map(
            _ ->
                asked.stream()
                    .map(Future::result)
                    .reduce(ServingLimit.Told.NOTHING, ServingLimit.Told::or));
  }

  private Future<ServingLimit.Told> limit(ServingLimit limit) {
    return get(address.page(limit.path()), LIMIT_TIMEOUT_MILLIS)
        .map(
            answer ->
                answer.status() == 200 ? limit.read(answer.body()) : ServingLimit.Told.NOTHING)
        .otherwise(_ -> ServingLimit.Told.NOTHING);
  }

  private Future<Answer> get(String path, long timeoutMillis) {
    HttpRequest<Buffer> request =
        web.get(address.connectPort(), address.host(), path)
            .ssl(address.tls())
            .timeout(timeoutMillis)
            .followRedirects(false);
    target.headers(apiKey).forEach(request::putHeader);
    BoundedBody body = new BoundedBody(LONGEST_ANSWER);
    return request
        .as(BodyCodec.pipe(body))
        .send()
        .map(response -> new Answer(response.statusCode(), body))
        .timeout(timeoutMillis, TimeUnit.MILLISECONDS); // also of an answer that drips
  }

  /** The models that requests name, where the user named some. */
  private List<String> named() {
    return target.mix().map(ModelMix::names).orElseGet(() -> target.model().stream().toList());
  }

  private TargetProbe models(Answer answer) {
    if (answer.status() != 200) {
      return TargetProbe.problem(
          "HTTP %d: %s".formatted(answer.status(), ErrorBody.of(answer.body()).message()), true);
    }
    try {
      List<String> models = new ArrayList<>();
      JsonNode list = Json.MAPPER.readTree(answer.body());
      for (JsonNode model : list.path("data")) {
        if (model.path("id").isTextual()) {
          models.add(model.path("id").textValue());
        }
      }
      return models.isEmpty()
          ? TargetProbe.problem("the answer names no model", true)
          : TargetProbe.of(models).taking(ToldContext.ofModels(list, named()));
    } catch (IOException _) {
      return TargetProbe.problem(
          "the answer is no JSON: " + ErrorBody.of(answer.body()).message(), true);
    }
  }
}
