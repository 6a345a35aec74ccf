package io.streamgauge.controller.report.console;

import static io.streamgauge.controller.report.console.ConsoleReport.number;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.SampleFloor;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.controller.report.console.Row.Weight;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.metrics.Quantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the latencies of a level are spread, a line each: what the fixed lines do not have already,
 * and no percentile without samples enough.
 */
final class Spread {
  static List<Row> of(LevelResult level) {
    List<Row> rows = new ArrayList<>();
    rowOf(level, Metric.TTFT, Weight.FIRST, false, true).ifPresent(rows::add);
    rowOf(level, Metric.E2E, Weight.FIRST, false, true).ifPresent(rows::add);
    rowOf(level, Metric.ITL, Weight.FIRST, true, true).ifPresent(rows::add);
    rowOf(level, Metric.TPOT, Weight.THIRD, false, false).ifPresent(rows::add);
    if (level.load().load() instanceof OpenLoop) {
      rowOf(level, Metric.TTFT_DUE, Weight.FIRST, true, false).ifPresent(rows::add);
      rowOf(level, Metric.E2E_DUE, Weight.FIRST, true, false).ifPresent(rows::add);
    }
    return rows;
  }

  /** {@code tailShown} is whether the p99, or the maximum in its place, stands above already. */
  private static Optional<Row> rowOf(
      LevelResult level, Metric metric, Weight weight, boolean mean, boolean tailShown) {
    Quantiles of = level.metrics().of(metric);
    if (of.count() == 0) {
      return Optional.empty();
    }
    List<String> parts =
        Stream.of(
                part("mean", mean ? of.mean() : null),
                part("p50", of.p50()),
                part("p90", of.p90()),
                part("p95", of.p95()),
                part("p99", tailShown ? null : of.p99()),
                part("p99.9", of.p999()),
                part("max", tailShown && of.p99() == null ? null : of.max()))
            .flatMap(Optional::stream)
            .toList();
    return Optional.of(
        Row.of(
            weight,
            metric.label(),
            String.join(" | ", parts) + " ms" + (metric == Metric.TTFT ? lacking(of) : "")));
  }

  private static Optional<String> part(String name, @Nullable Double value) {
    return value == null ? Optional.empty() : Optional.of(name + " " + number(value));
  }

  /** Why some percentiles are not there. */
  private static String lacking(Quantiles of) {
    return of.p90() != null
        ? ""
        : " (%d samples: a p90 needs %d)".formatted(of.count(), SampleFloor.of(0.9));
  }

  private Spread() {}
}
