package io.streamgauge.controller.compare;

import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.SampleFloor;
import io.streamgauge.common.plan.slo.Slo.Statistic;
import io.streamgauge.controller.gpu.GpuTotal;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.metrics.Goodput;
import io.streamgauge.controller.result.metrics.Quantiles;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A number of a level that can be compared. */
public sealed interface Measure {
  /** How it is called in options and tables. */
  @JsonValue
  String label();

  boolean moreIsBetter();

  /** Its value in a level, where it has one that can be trusted. */
  Optional<Double> in(LevelResult level);

  /** Whether a level has anything of it, be it too little. */
  boolean touched(LevelResult level);

  /** Why a level has no value. */
  String missing(LevelResult level);

  /** The name {@code ttft_p99}: a number of a latency metric. */
  record Latency(Metric metric, Statistic statistic) implements Measure {
    @Override
    public String label() {
      return metric.key().replaceAll("_ms$", "") + "_" + statistic.label();
    }

    @Override
    public boolean moreIsBetter() {
      return false;
    }

    @Override
    public Optional<Double> in(LevelResult level) {
      Quantiles all = level.metrics().of(metric);
      return Optional.ofNullable(
          switch (statistic) {
            case MEAN -> all.mean();
            case P50 -> all.p50();
            case P90 -> all.p90();
            case P95 -> all.p95();
            case P99 -> all.p99();
            case P999 -> all.p999();
            case MAX -> all.max();
          });
    }

    @Override
    public boolean touched(LevelResult level) {
      return level.metrics().of(metric).count() > 0;
    }

    @Override
    public String missing(LevelResult level) {
      long count = level.metrics().of(metric).count();
      return count == 0
          ? "not measured"
          : "needs %d %s a run, there are %d"
              .formatted(SampleFloor.of(statistic.quantile()), samples(), count);
    }

    private String samples() {
      return switch (metric) {
        case ITL, ICL -> "gaps";
        case TTFT, TTFT_DUE, E2E, E2E_DUE, TPOT, TPOT_AFTER_FIRST, NTPOT, TTFO -> "requests";
      };
    }

    /** What fewer samples can tell in its place. */
    Optional<Measure> nearest() {
      return switch (statistic) {
        case P999 -> Optional.of(new Latency(metric, Statistic.P99));
        case P99 -> Optional.of(new Latency(metric, Statistic.P95));
        case P95 -> Optional.of(new Latency(metric, Statistic.P90));
        case P90 -> Optional.of(new Latency(metric, Statistic.MEAN));
        case MEAN, P50, MAX -> Optional.empty();
      };
    }
  }

  /** A number of the whole level. */
  enum Total implements Measure {
    SYSTEM_TPS(true),
    TOTAL_TPS(true),
    RPS(true),
    GOODPUT_RPS(true),
    ENERGY_PER_OUTPUT_TOKEN_J(false);

    private final boolean moreIsBetter;

    Total(boolean moreIsBetter) {
      this.moreIsBetter = moreIsBetter;
    }

    @Override
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean moreIsBetter() {
      return moreIsBetter;
    }

    @Override
    public Optional<Double> in(LevelResult level) {
      return switch (this) {
        case SYSTEM_TPS -> Optional.of(level.metrics().outputTps());
        case TOTAL_TPS -> Optional.of(level.metrics().totalTps());
        case RPS -> Optional.of(level.metrics().rps());
        case GOODPUT_RPS -> level.goodput().map(Goodput::goodputRps);
        case ENERGY_PER_OUTPUT_TOKEN_J ->
            level.gpuTotal().map(GpuTotal::energy).flatMap(gpu -> gpu.energyPerOutputTokenJ());
      };
    }

    @Override
    public boolean touched(LevelResult level) {
      return in(level).isPresent();
    }

    @Override
    public String missing(LevelResult level) {
      return "not measured";
    }
  }

  /** The measures on which a verdict rests where nobody names one. */
  List<Measure> PRIMARY = List.of(Total.SYSTEM_TPS, new Latency(Metric.TTFT, Statistic.P99));

  /** What is shown beside them. */
  List<Measure> SECONDARY =
      List.of(
          Total.RPS,
          Total.GOODPUT_RPS,
          new Latency(Metric.TTFT, Statistic.MEAN),
          new Latency(Metric.TTFT, Statistic.P50),
          new Latency(Metric.TTFT, Statistic.P90),
          new Latency(Metric.ITL, Statistic.MEAN),
          new Latency(Metric.ITL, Statistic.P50),
          new Latency(Metric.ITL, Statistic.P99),
          new Latency(Metric.TPOT, Statistic.MEAN),
          new Latency(Metric.TPOT, Statistic.P90),
          new Latency(Metric.E2E, Statistic.MEAN),
          new Latency(Metric.E2E, Statistic.P90),
          new Latency(Metric.E2E, Statistic.P99),
          Total.ENERGY_PER_OUTPUT_TOKEN_J);

  /** The measure of that name; {@code field} is whose value it is. */
  static Measure parse(String field, String name) {
    return Stream.concat(
            Arrays.stream(Total.values()),
            Arrays.stream(Metric.values())
                .flatMap(
                    metric ->
                        Arrays.stream(Statistic.values())
                            .filter(statistic -> statistic != Statistic.MAX)
                            .map(statistic -> new Latency(metric, statistic))))
        .filter(measure -> measure.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new PlanException(
                    field,
                    name,
                    "one of system_tps, total_tps, rps, goodput_rps, energy_per_output_token_j, or"
                        + " METRIC_STATISTIC such as ttft_p99, with ttft, e2e, itl, tpot, … and"
                        + " mean, p50, p90, p95, p99 or p999"));
  }
}
