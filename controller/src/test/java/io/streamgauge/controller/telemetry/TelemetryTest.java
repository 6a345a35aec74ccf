package io.streamgauge.controller.telemetry;

import static io.streamgauge.common.measure.RequestRecord.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.result.Analysis;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a collector is told of runs, held against their logs and results. */
class TelemetryTest {
  private static Path log(String name) {
    return Path.of("src/test/resources/golden", name + RunLog.SUFFIX);
  }

  private static List<RequestRecord> records(Path log) throws IOException {
    List<RequestRecord> records = new ArrayList<>();
    RunLog.readRecords(log, batch -> records.addAll(batch.records()));
    return records;
  }

  private static Collector at(StandInCollector collector) {
    return Collector.of(collector.url() + "/", Map.of("OTEL_EXPORTER_OTLP_HEADERS", "x-key=a%20b"));
  }

  private static void send(Collector collector, String name) throws IOException {
    Telemetry.send(collector, log(name), Analysis.of(log(name)).orElseThrow());
  }

  private static Map<String, Span> byRequest(List<Span> spans) {
    return spans.stream()
        .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT)
        .collect(
            Collectors.toMap(
                span ->
                    StandInCollector.read(span.getAttributesList()).get("streamgauge.request.id"),
                span -> span));
  }

  @ParameterizedTest
  @ValueSource(strings = {"levels", "open-loop", "errors", "interrupted"})
  void everyRequestIsASpanOfItsOwnTimes(String name) throws IOException {
    try (StandInCollector collector = new StandInCollector(200)) {
      send(at(collector), name);

      Map<String, Span> spans = byRequest(collector.spans());
      List<RequestRecord> records = records(log(name));
      assertThat(spans).hasSameSizeAs(records);
      for (RequestRecord request : records) {
        Span span = spans.get(request.requestId());
        if (request.sent() != NONE && request.ended() != NONE) {
          assertThat(span.getEndTimeUnixNano() - span.getStartTimeUnixNano())
              .isEqualTo(request.ended() - request.sent());
        }
        if (request.firstToken() != NONE) {
          assertThat(time(span, "first_token") - span.getStartTimeUnixNano())
              .isEqualTo(request.firstToken() - request.sent());
        }
        assertThat(span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR)
            .isEqualTo(request.outcome().failed());
        Map<String, String> about = StandInCollector.read(span.getAttributesList());
        assertThat(about)
            .containsEntry("gen_ai.operation.name", "chat")
            .as("also of one that failed before its first chunk")
            .containsEntry("gen_ai.request.stream", "true")
            .containsEntry("gen_ai.usage.output_tokens", "" + request.outputTokens())
            .containsEntry("streamgauge.level", request.level());
        assertThat(about.get("error.type"))
            .isEqualTo(request.outcome() == Outcome.OK ? null : request.outcome().label());
      }
    }
  }

  private static long time(Span span, String event) {
    return span.getEventsList().stream()
        .filter(one -> one.getName().equals(event))
        .findFirst()
        .orElseThrow()
        .getTimeUnixNano();
  }

  @Test
  void aRunAndItsLevelsAreOneTraceAndEachRequestIsOneThatIsLinkedToItsLevel() throws IOException {
    try (StandInCollector collector = new StandInCollector(200)) {
      send(at(collector), "levels");

      Map<String, Span> whole =
          collector.spans().stream()
              .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_INTERNAL)
              .collect(Collectors.toMap(Span::getName, span -> span));
      RunResult result = Analysis.of(log("levels")).orElseThrow();
      assertThat(whole).hasSize(1 + result.levels().size());
      Span run = whole.get("run " + result.run().name());
      HashSet<Object> traces = new HashSet<>();
      for (Span request : byRequest(collector.spans()).values()) {
        String level = StandInCollector.read(request.getAttributesList()).get("streamgauge.level");
        Span its = whole.get("level " + level);
        assertThat(its.getParentSpanId()).isEqualTo(run.getSpanId());
        assertThat(its.getTraceId()).isEqualTo(run.getTraceId());
        assertThat(request.getLinks(0).getSpanId()).isEqualTo(its.getSpanId());
        assertThat(request.getParentSpanId().isEmpty()).isTrue();
        assertThat(traces.add(request.getTraceId())).isTrue();
      }
      assertThat(traces).doesNotContain(run.getTraceId());
    }
  }

  @Test
  void whatIsSentTwiceIsTheSame() throws IOException {
    try (StandInCollector collector = new StandInCollector(200)) {
      send(at(collector), "slo");
      List<Span> once = collector.spans();
      send(at(collector), "slo");

      assertThat(collector.spans()).hasSize(2 * once.size());
      assertThat(new HashSet<>(collector.spans())).hasSameSizeAs(once);
    }
  }

  @Test
  void aLevelsMetricsAreThoseOfItsResult() throws IOException {
    try (StandInCollector collector = new StandInCollector(200)) {
      send(at(collector), "slo");

      LevelResult level = Analysis.of(log("slo")).orElseThrow().levels().getFirst();
      Map<String, Metric> metrics =
          collector.metrics().stream().collect(Collectors.toMap(Metric::getName, m -> m));
      HistogramDataPoint e2e =
          metrics.get("gen_ai.client.operation.duration").getHistogram().getDataPoints(0);
      assertThat(e2e.getCount()).isEqualTo(level.metrics().requests().successful());
      assertThat(e2e.getSum() / e2e.getCount() * 1e3)
          .isCloseTo(
              level.metrics().of(io.streamgauge.common.measure.Metric.E2E).mean(), within(0.01));
      assertThat(e2e.getTimeUnixNano()).isGreaterThan(e2e.getStartTimeUnixNano());
      assertThat(metrics.get("gen_ai.client.operation.time_to_first_chunk").getHistogram())
          .satisfies(
              firsts ->
                  assertThat(firsts.getDataPoints(0).getCount())
                      .isEqualTo(level.metrics().requests().successful()));
      assertThat(metrics.get("gen_ai.client.token.usage").getHistogram().getDataPointsList())
          .extracting(point -> (long) point.getSum())
          .containsExactlyInAnyOrder(level.metrics().inputTokens(), level.metrics().outputTokens());
      assertThat(point(metrics, "streamgauge.output_throughput").getAsDouble())
          .isEqualTo(level.metrics().outputTps());
      assertThat(metrics.get("streamgauge.latency").getGauge().getDataPointsList())
          .extracting(point -> StandInCollector.read(point.getAttributesList()))
          .anySatisfy(
              about ->
                  assertThat(about)
                      .containsEntry("streamgauge.metric", "ttft")
                      .containsEntry("streamgauge.quantile", "p50"));
    }
  }

  private static NumberDataPoint point(Map<String, Metric> metrics, String name) {
    return metrics.get(name).getGauge().getDataPoints(0);
  }

  @Test
  void neitherPromptsNorAnswersAreTold() throws IOException {
    try (StandInCollector collector = new StandInCollector(200)) {
      send(at(collector), "texts");

      List<String> answers =
          records(log("texts")).stream()
              .flatMap(request -> request.text().stream())
              .map(text -> text.text().substring(0, 20))
              .toList();
      assertThat(answers).isNotEmpty();
      assertThat(collector.spans().toString()).doesNotContain(answers);
    }
  }

  @Test
  void aCollectorIsToldWithItsHeadersWhoSends() throws IOException {
    try (StandInCollector collector = new StandInCollector(200)) {
      send(
          Collector.of(
              "",
              Map.of(
                  "OTEL_EXPORTER_OTLP_ENDPOINT",
                  collector.url(),
                  "OTEL_EXPORTER_OTLP_HEADERS",
                  "authorization=Bearer%20abc, x-tenant = t+1",
                  "OTEL_SERVICE_NAME",
                  "nightly",
                  "OTEL_RESOURCE_ATTRIBUTES",
                  "deployment.environment.name=lab")),
          "slo");

      assertThat(collector.calls)
          .allSatisfy(
              call -> {
                assertThat(call.headers().get("Authorization")).containsExactly("Bearer abc");
                assertThat(call.headers().get("X-tenant")).containsExactly("t+1");
              });
      assertThat(
              StandInCollector.read(
                  collector
                      .traces()
                      .getFirst()
                      .getResourceSpans(0)
                      .getResource()
                      .getAttributesList()))
          .containsEntry("service.name", "nightly")
          .containsEntry("deployment.environment.name", "lab")
          .containsKey("service.version");
    }
  }

  @Test
  void aCollectorThatDoesNotTakeItIsToldOfAndAskedOnceOnly() {
    try (StandInCollector collector = new StandInCollector(401)) {
      assertThatThrownBy(() -> send(at(collector), "levels"))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(collector.url() + " does not take ")
          .hasMessageContaining("401");
      assertThat(collector.calls).hasSize(1);
    }
    assertThatThrownBy(() -> send(Collector.of("http://127.0.0.1:1", Map.of()), "slo"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no connection");
  }
}
