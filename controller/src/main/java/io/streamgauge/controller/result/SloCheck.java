package io.streamgauge.controller.result;

import io.streamgauge.common.plan.Slo;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An objective held against a level.
 *
 * @param limitMs the objective's limit
 * @param valueMs what was measured; absent when nothing was
 * @param note how the value was had where the percentile lacks samples
 */
public record SloCheck(
    String objective,
    double limitMs,
    Optional<Double> valueMs,
    boolean met,
    Optional<String> note) {

  /**
   * A percentile without enough samples is judged by the greatest value, which is never below it.
   */
  static SloCheck of(Slo slo, Metrics metrics) {
    Quantiles quantiles = metrics.of(slo.metric());
    Double value = value(quantiles, slo.statistic());
    Optional<String> note =
        value == null && quantiles.max() != null
            ? Optional.of("max of " + quantiles.count())
            : Optional.empty();
    Optional<Double> judged = Optional.ofNullable(value != null ? value : quantiles.max());
    double limit = slo.limit().toNanos() / 1e6;
    return new SloCheck(
        slo.objective(), limit, judged, judged.map(v -> v <= limit).orElse(false), note);
  }

  private static @Nullable Double value(Quantiles quantiles, Slo.Statistic statistic) {
    return switch (statistic) {
      case MEAN -> quantiles.mean();
      case P50 -> quantiles.p50();
      case P90 -> quantiles.p90();
      case P95 -> quantiles.p95();
      case P99 -> quantiles.p99();
      case P999 -> quantiles.p999();
      case MAX -> quantiles.max();
    };
  }
}
