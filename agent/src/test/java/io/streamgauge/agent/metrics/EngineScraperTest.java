package io.streamgauge.agent.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.streamgauge.agent.engine.kind.ServedEngine;
import io.streamgauge.common.engine.CacheReset;
import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.common.engine.EngineQuantity;
import io.streamgauge.common.engine.EngineReading;
import io.streamgauge.common.engine.EngineSample;
import io.streamgauge.common.plan.request.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineScraperTest {
  private static final String PAGE = "vllm:num_requests_running{engine=\"0\"} 3.0\n";

  /** What a scripted server does with a request. */
  private interface Script {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(String path, Script script) {
    server.createContext(
        path,
        exchange -> {
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          script.answer(exchange);
        });
  }

  private static Script text(int status, String body) {
    return exchange -> {
      exchange.getRequestBody().readAllBytes(); // else the connection is closed behind the answer
      exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
      try (OutputStream answer = exchange.getResponseBody()) {
        answer.write(body.getBytes(UTF_8));
      }
    };
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Target target() {
    return new Target(url(), Optional.empty(), Optional.empty(), Map.of());
  }

  private EngineReading read(Optional<EngineKind> own) {
    try (EngineScraper scraper =
        new EngineScraper(target(), Optional.empty(), new EngineBuffer())) {
      return scraper.read(own.isPresent(), own.map(kind -> new ServedEngine(kind, url())));
    }
  }

  private CacheReset reset(EngineKind kind) {
    serve("/metrics", text(200, PAGE));
    return read(Optional.of(kind)).cache().orElseThrow();
  }

  @Test
  void aPageIsReadAgainAndAgainAtTimesThatGrow() {
    serve("/metrics", text(200, PAGE));
    EngineBuffer buffer = new EngineBuffer();
    List<EngineSample> samples = new ArrayList<>();
    try (var _ = new EngineScraper(target(), Optional.empty(), buffer)) {
      while (samples.size() < 3) {
        samples.addAll(buffer.drain().samples());
        Thread.onSpinWait();
      }
    }

    assertThat(samples)
        .allSatisfy(
            sample -> assertThat(sample.values()).containsEntry(EngineQuantity.RUNNING, 3.0));
    assertThat(samples.get(2).at() - samples.get(1).at()).isGreaterThanOrEqualTo(1_000_000_000L);
  }

  @Test
  void aServerWithoutMetricsIsToldByItsAnswer() {
    serve("/metrics", text(404, "no"));
    assertThat(read(Optional.empty()).trouble()).hasValue("/metrics: the server answers 404");
  }

  @Test
  void aPageOfSomethingElseIsToldSo() {
    serve("/metrics", text(200, "go_goroutines 7\n"));
    assertThat(read(Optional.empty()).trouble())
        .hasValueSatisfying(text -> assertThat(text).contains("nothing of vLLM"));
  }

  @Test
  void aPageThatIsNoneIsToldByItsLine() {
    serve("/metrics", text(200, "<html>"));
    assertThat(read(Optional.empty()).trouble())
        .hasValueSatisfying(text -> assertThat(text).contains("line 1").contains("<html>"));
  }

  @Test
  void anEndlessPageIsGivenUp() {
    serve(
        "/metrics",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] piece = PAGE.repeat(1_000).getBytes(UTF_8);
          try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
              out.write(piece);
            }
          }
        });
    assertThat(read(Optional.empty()).trouble())
        .hasValueSatisfying(text -> assertThat(text).contains("no answer"));
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() {
    serve("/metrics", _ -> {});
    assertThat(read(Optional.empty()).trouble()).hasValue("/metrics: no answer within 2 s");
  }

  @Test
  void vllmIsResetInItsDevelopmentMode() {
    serve("/reset_prefix_cache", text(200, ""));
    assertThat(reset(EngineKind.VLLM)).isEqualTo(CacheReset.done("POST /reset_prefix_cache"));
    assertThat(asked).contains("POST /reset_prefix_cache");
  }

  @Test
  void vllmWithoutItSaysWhatItNeeds() {
    CacheReset reset = reset(EngineKind.VLLM);
    assertThat(reset.done()).isFalse();
    assertThat(reset.how()).contains("VLLM_SERVER_DEV_MODE=1");
  }

  @Test
  void sglangThatIsBusySaysSo() {
    serve("/flush_cache", text(400, "requests are running"));
    assertThat(reset(EngineKind.SGLANG))
        .isEqualTo(CacheReset.notPossible("POST /flush_cache: 400 requests are running"));
  }

  @Test
  void everySlotOfLlamaCppIsErased() {
    serve("/props", text(200, "{\"total_slots\": 3}"));
    serve("/slots/", text(200, "{}"));
    CacheReset reset = reset(EngineKind.LLAMACPP);
    assertThat(reset.done()).as(reset.how()).isTrue();
    assertThat(asked)
        .contains(
            "POST /slots/0?action=erase",
            "POST /slots/1?action=erase",
            "POST /slots/2?action=erase");
  }

  @Test
  void llamaCppThatDoesNotEraseIsAskedOnce() {
    serve("/props", text(200, "{\"total_slots\": 3}"));
    serve("/slots/", text(501, "start it with --slot-save-path"));
    CacheReset reset = reset(EngineKind.LLAMACPP);
    assertThat(reset.done()).isFalse();
    assertThat(reset.how()).contains("501").contains("--slot-save-path");
    assertThat(asked.stream().filter(line -> line.contains("/slots/"))).hasSize(1);
  }

  @Test
  void theSimulatedEngineHasNothingToReset() {
    assertThat(reset(EngineKind.SIM).done()).isFalse();
  }

  @Test
  void aServerThatIsNotOursIsLeftAsItIs() {
    serve("/metrics", text(200, PAGE));
    serve("/", text(200, ""));
    try (EngineScraper scraper =
        new EngineScraper(target(), Optional.empty(), new EngineBuffer())) {
      EngineReading reading = scraper.read(true, Optional.empty());
      assertThat(reading.cache().orElseThrow().done()).isFalse();
      assertThat(reading.sample()).isPresent();
    }
    assertThat(asked).allMatch("GET /metrics"::equals);
  }
}
