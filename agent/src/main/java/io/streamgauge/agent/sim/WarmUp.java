package io.streamgauge.agent.sim;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * Loads and compiles what an engine runs. The first requests of a cold process are served tens of
 * milliseconds late, which a measurement would take for the time to the first token.
 */
public final class WarmUp {
  private static final int ROUNDS = 4;
  private static final int STREAMS = 16;
  private static final String REQUEST =
      """
      {"messages":[{"role":"user","content":"warm"}],"max_tokens":250,"ignore_eos":true,\
      "stream":true,"stream_options":{"include_usage":true}}\
      """;

  /** Has an engine without delays of its own serve some streams, and takes it away again. */
  public static Future<Void> run(Vertx vertx) {
    SimulatedEngine engine =
        new SimulatedEngine(
            SimulationOptions.defaults()
                .withLatency(LatencyModel.of(Duration.ZERO, Duration.ofNanos(20_000))));
    HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(STREAMS));
    return vertx
        .deployVerticle(engine)
        .compose(id -> rounds(client, engine.port()).eventually(() -> vertx.undeploy(id)))
        .eventually(client::close);
  }

  private static Future<Void> rounds(HttpClient client, int port) {
    Future<Void> last = Future.succeededFuture();
    for (int round = 0; round < ROUNDS; round++) {
      last = last.compose(before -> round(client, port));
    }
    return last;
  }

  private static Future<Void> round(HttpClient client, int port) {
    return Future.all(IntStream.range(0, STREAMS).mapToObj(i -> stream(client, port)).toList())
        .mapEmpty();
  }

  private static Future<Void> stream(HttpClient client, int port) {
    return client
        .request(HttpMethod.POST, port, "127.0.0.1", "/v1/chat/completions")
        .compose(request -> request.send(REQUEST))
        .compose(HttpClientResponse::end);
  }

  private WarmUp() {}
}
