package io.streamgauge.controller.telemetry;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.metrics.Metrics;
import io.streamgauge.controller.result.metrics.Quantiles;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a level: the histograms that the conventions for generative AI name, of its
 * records, and the numbers of its result.
 */
final class LevelMeters {
  private static final double SECOND = 1e9;
  private static final double MILLIS = 1e3;

  /** The buckets that the conventions recommend. */
  private static final List<Double> DURATIONS =
      List.of(
          0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);

  private static final List<Double> FIRSTS =
      List.of(
          0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5,
          10.0);

  private static final List<Long> TOKENS =
      List.of(
          1L,
          4L,
          16L,
          64L,
          256L,
          1_024L,
          4_096L,
          16_384L,
          65_536L,
          262_144L,
          1_048_576L,
          4_194_304L,
          16_777_216L,
          67_108_864L);

  private final Attributes about;
  private final AtomicLong now;
  private final OneReading reading = new OneReading();
  private final Meter meter;
  private final DoubleHistogram durations;
  private final DoubleHistogram firsts;
  private final LongHistogram tokens;

  /** Of a level that began at {@code start}, in ns since 1970. */
  LevelMeters(Resource resource, Attributes about, long start) {
    this.about = about;
    this.now = new AtomicLong(start);
    meter =
        SdkMeterProvider.builder()
            .setResource(resource)
            .setClock(clock(now))
            .registerMetricReader(reading)
            .build()
            .get(Telemetry.SCOPE.getName());
    durations =
        meter
            .histogramBuilder("gen_ai.client.operation.duration")
            .setUnit("s")
            .setExplicitBucketBoundariesAdvice(DURATIONS)
            .build();
    firsts =
        meter
            .histogramBuilder("gen_ai.client.operation.time_to_first_chunk")
            .setUnit("s")
            .setExplicitBucketBoundariesAdvice(FIRSTS)
            .build();
    tokens =
        meter
            .histogramBuilder("gen_ai.client.token.usage")
            .setUnit("{token}")
            .ofLongs()
            .setExplicitBucketBoundariesAdvice(TOKENS)
            .build();
  }

  private static Clock clock(AtomicLong now) {
    return new Clock() {
      @Override
      public long now() {
        return now.get();
      }

      @Override
      public long nanoTime() {
        return now.get();
      }
    };
  }

  void take(RequestRecord request) {
    if (request.sent() != NONE && request.ended() != NONE) {
      durations.record(
          (request.ended() - request.sent()) / SECOND,
          request.outcome() == Outcome.OK
              ? about
              : about.toBuilder().put(Keys.ERROR, request.outcome().label()).build());
    }
    request.value(Metric.TTFT).ifPresent(nanos -> firsts.record(nanos / SECOND, about));
    if (request.outcome() == Outcome.OK) {
      usage("input", request.inputTokens());
      usage("output", request.outputTokens());
    }
  }

  private void usage(String type, long count) {
    if (count != NONE) {
      tokens.record(count, about.toBuilder().put(Keys.TOKEN_TYPE, type).build());
    }
  }

  /** All of it, with the level's result, as of its end. */
  Collection<MetricData> read(LevelResult result, long end) {
    Metrics metrics = result.metrics();
    gauge("streamgauge.output_throughput", "{token}/s", metrics.outputTps());
    gauge("streamgauge.total_throughput", "{token}/s", metrics.totalTps());
    gauge("streamgauge.request_throughput", "{request}/s", metrics.rps());
    gauge("streamgauge.valid", "1", result.validity().valid() ? 1 : 0);
    requests("ok", metrics.requests().successful());
    requests("cancelled", metrics.requests().cancelled());
    requests("dropped", metrics.requests().dropped());
    metrics.requests().errors().forEach(this::requests);
    for (Metric metric : Metric.values()) {
      Quantiles quantiles = metrics.of(metric);
      latency(metric, "mean", quantiles.mean());
      latency(metric, "p50", quantiles.p50());
      latency(metric, "p90", quantiles.p90());
      latency(metric, "p99", quantiles.p99());
    }
    now.set(end);
    return reading.all();
  }

  private void gauge(String name, String unit, double value) {
    meter.gaugeBuilder(name).setUnit(unit).build().set(value, about);
  }

  private void requests(String outcome, long count) {
    meter
        .gaugeBuilder("streamgauge.requests")
        .setUnit("{request}")
        .ofLongs()
        .build()
        .set(count, about.toBuilder().put(Keys.OUTCOME, outcome).build());
  }

  /** One that has too few samples is not given here either. */
  private void latency(Metric metric, String quantile, @Nullable Double millis) {
    if (millis != null) {
      meter
          .gaugeBuilder("streamgauge.latency")
          .setUnit("s")
          .build()
          .set(
              millis / MILLIS,
              about.toBuilder()
                  .put(Keys.METRIC, metric.key().replaceFirst("_ms$", ""))
                  .put(Keys.QUANTILE, quantile)
                  .build());
    }
  }
}
