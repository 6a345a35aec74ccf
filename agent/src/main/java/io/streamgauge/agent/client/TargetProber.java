package io.streamgauge.agent.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.stream.ErrorBody;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.measure.TargetProbe;
import io.streamgauge.common.plan.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.codec.BodyCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a target for its models. Never fails: what went wrong is part of the answer. */
public final class TargetProber {
  private static final long TIMEOUT_MILLIS = 5_000;
  private static final int LONGEST_ANSWER = 4 << 20;

  /** Less than the whole, so that a target that cannot be reached is told from one that is slow. */
  private static final int CONNECT_MILLIS = 4_000;

  /** Asks once. */
  public static Future<TargetProbe> probe(Vertx vertx, Target target, Optional<String> apiKey) {
    WebClient web =
        WebClient.create(vertx, new WebClientOptions().setConnectTimeout(CONNECT_MILLIS));
    HttpRequest<Buffer> request =
        web.getAbs(target.url() + "/v1/models").timeout(TIMEOUT_MILLIS).followRedirects(false);
    target.headers().forEach(request::putHeader);
    apiKey.ifPresent(request::bearerTokenAuthentication);
    BoundedBody body = new BoundedBody(LONGEST_ANSWER);
    return request
        .as(BodyCodec.pipe(body))
        .send()
        .map(response -> read(response.statusCode(), body.bytes()))
        .otherwise(
            error ->
                new TargetProbe(
                    List.of(),
                    Optional.of(Failures.message(error)),
                    !Failures.beforeConnection(error)))
        .onComplete(_ -> web.close());
  }

  private static TargetProbe read(int status, byte[] body) {
    if (status != 200) {
      return problem("HTTP %d: %s".formatted(status, ErrorBody.of(body).message()));
    }
    try {
      List<String> models = new ArrayList<>();
      for (JsonNode model : Json.MAPPER.readTree(body).path("data")) {
        if (model.path("id").isTextual()) {
          models.add(model.path("id").textValue());
        }
      }
      return new TargetProbe(
          models,
          models.isEmpty() ? Optional.of("the answer names no model") : Optional.empty(),
          true);
    } catch (IOException _) {
      return problem("the answer is no JSON: " + ErrorBody.of(body).message());
    }
  }

  private static TargetProbe problem(String text) {
    return new TargetProbe(List.of(), Optional.of(text), true);
  }

  private TargetProber() {}
}
