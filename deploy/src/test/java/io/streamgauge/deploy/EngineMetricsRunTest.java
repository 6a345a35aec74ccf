package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole runs whose target tells of itself, rightly or wrongly. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class EngineMetricsRunTest {
  private static final Pattern TTFT =
      Pattern.compile("(vllm:time_to_first_token_seconds_sum\\{.*} )(\\S+)");

  @TempDir private Path directory;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Cli run(String... args) {
    List<String> all = new ArrayList<>(List.of("run", "--quiet", "--output", directory.toString()));
    all.addAll(List.of(args));
    Cli cli = Cli.run(all.toArray(String[]::new));
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    return cli;
  }

  private JsonNode level() {
    return new ResultFiles(directory).json().at("/levels/0");
  }

  private static SimulationOptions steady() {
    return SimulationOptions.defaults()
        .withLatency(LatencyModel.of(Duration.ofMillis(400), Duration.ofMillis(20)));
  }

  private static List<String> findings(JsonNode level) {
    return StreamSupport.stream(level.at("/validity/findings").spliterator(), false)
        .map(finding -> finding.get("code").textValue())
        .toList();
  }

  @Test
  void theSimulatedEnginesOwnNumbersStandBesideTheClients() {
    Cli cli = run("--requests", "30", "--concurrency", "5", "--verbose");
    JsonNode level = level();
    JsonNode engine = level.get("engine");

    assertThat(engine.at("/ttft/count").intValue()).isEqualTo(30);
    assertThat(engine.at("/counters/generation_tokens").longValue())
        .isEqualTo(level.at("/metrics/output_tokens").longValue());
    assertThat(engine.at("/counters/prompt_tokens").longValue())
        .isEqualTo(level.at("/metrics/input_tokens").longValue());
    assertThat(engine.at("/gauges/running/max").doubleValue()).isBetween(1.0, 5.0);
    assertThat(engine.at("/samples")).isNotEmpty();
    assertThat(engine.at("/ttft/off_pct").isNumber()).isTrue();
    assertThat(engine.at("/itl/off_pct").isNumber()).isTrue();
    assertThat(engine.at("/cache_reset/done").booleanValue()).isFalse();
    assertThat(engine.has("trouble")).isFalse();
    assertThat(engine.at("/schedule_error/count").longValue())
        .isEqualTo(level.at("/metrics/chunks").longValue());
    assertThat(engine.at("/schedule_error/max_ms").doubleValue())
        .isGreaterThanOrEqualTo(engine.at("/schedule_error/p50_ms").doubleValue())
        .isPositive();
    assertThat(cli.out())
        .contains(
            "Engine state:   running mean", "Server's own:   TTFT mean", "Its schedule:   p50 ");
  }

  @Test
  void aServerThatTellsHalfTheTimeIsFoundOut() {
    try (Engine engine = new Engine(steady())) {
      String url = proxy(engine.url(), 0.5);
      run("--url", url, "--requests", "20", "--concurrency", "4", "--max-tokens", "5");

      assertThat(findings(level())).contains("server_disagrees");
      assertThat(level().at("/engine/ttft/off_pct").doubleValue()).isGreaterThan(90);
      assertThat(level().at("/engine/cache_reset/how").textValue())
          .isEqualTo("this run did not start the server");
    }
  }

  /** A busy machine keeps the answers from the client: then they are apart, and that is told. */
  @Test
  void theSameServerThatTellsTheTruthIsNot() {
    try (Engine engine = new Engine(steady())) {
      run("--url", proxy(engine.url(), 1), "--requests", "20", "--max-tokens", "5");
      double off = level().at("/engine/ttft/off_pct").doubleValue();
      assertThat(level().at("/engine/ttft/mean_ms").doubleValue()).isGreaterThanOrEqualTo(400);
      assertThat(off).isPositive();
      assertThat(findings(level()).contains("server_disagrees")).isEqualTo(off > 10);
    }
  }

  @Test
  void aServerThatTellsNothingIsMeasuredAllTheSame() {
    try (Engine engine = new Engine(steady())) {
      run("--url", proxy(engine.url(), Double.NaN), "--requests", "4", "--max-tokens", "5");
      assertThat(level().at("/metrics/requests/successful").intValue()).isEqualTo(4);
      assertThat(level().at("/engine/trouble").textValue())
          .isEqualTo("/metrics: the server answers 404");
      assertThat(level().at("/engine/samples")).isEmpty();
      assertThat(level().at("/metrics/cache_state").textValue()).isEqualTo("unknown");
    }
  }

  /**
   * In front of the engine, multiplying what it tells of its time to the first token; without a
   * number it has no metrics page.
   */
  private String proxy(String url, double factor) {
    HttpClient client = vertx.createHttpClient();
    int port =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  boolean metrics = String.valueOf(request.path()).equals("/metrics");
                  if (metrics && Double.isNaN(factor)) {
                    request.response().setStatusCode(404).end();
                  } else {
                    relay(client, url, request, metrics ? factor : 1);
                  }
                })
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();
    return "http://127.0.0.1:" + port;
  }

  private static void relay(
      HttpClient client, String url, HttpServerRequest request, double factor) {
    HttpServerResponse response = request.response();
    HttpMethod method = request.method();
    RequestOptions there =
        new RequestOptions()
            .setAbsoluteURI(url + request.uri())
            .setMethod(method)
            .putHeader("content-type", "application/json");
    request
        .body()
        .compose(body -> client.request(there).compose(out -> out.send(body)))
        .compose(
            answer -> {
              String type = answer.getHeader("content-type");
              response.setStatusCode(answer.statusCode());
              if (type != null) {
                response.putHeader("content-type", type);
              }
              if (factor != 1) {
                return answer.body().compose(page -> response.end(scaled(page, factor)));
              }
              response.setChunked(true);
              return answer.pipeTo(response);
            });
  }

  private static Buffer scaled(Buffer page, double factor) {
    return Buffer.buffer(
        TTFT.matcher(page.toString())
            .replaceAll(found -> found.group(1) + Double.parseDouble(found.group(2)) * factor));
  }
}
