package io.streamgauge.controller.result;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.plan.ClosedLoop;
import io.streamgauge.common.plan.Load;
import io.streamgauge.common.plan.OpenLoop;
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
   * In an open loop TTFT and E2E are judged from the due time, and requests that were dropped count
   * as never answered: with more of them than lie above the quantile, the objective is missed.
   */
  static SloCheck of(Slo slo, Metrics metrics, Load load) {
    Quantiles quantiles = metrics.of(judged(slo.metric(), load));
    Double value = value(quantiles, slo.statistic());
    boolean dropped = tooManyDropped(slo.statistic(), metrics.requests());
    Optional<String> note =
        dropped
            ? Optional.of(
                "%d of %d dropped"
                    .formatted(metrics.requests().dropped(), metrics.requests().total()))
            : value == null && quantiles.max() != null
                ? Optional.of("max of " + quantiles.count())
                : Optional.empty();
    Optional<Double> judged = Optional.ofNullable(value != null ? value : quantiles.max());
    double limit = slo.limit().toNanos() / 1e6;
    return new SloCheck(
        slo.objective(),
        limit,
        judged,
        !dropped && judged.map(v -> v <= limit).orElse(false),
        note);
  }

  /** The metric that an objective on {@code metric} is held against. */
  static Metric judged(Metric metric, Load load) {
    return switch (load) {
      case ClosedLoop _ -> metric;
      case OpenLoop _ ->
          switch (metric) {
            case TTFT -> Metric.TTFT_DUE;
            case E2E -> Metric.E2E_DUE;
            case TTFT_DUE, E2E_DUE, ITL, ICL, TPOT, TPOT_AFTER_FIRST, NTPOT, TTFO -> metric;
          };
    };
  }

  private static boolean tooManyDropped(Slo.Statistic statistic, Metrics.Requests requests) {
    double above = statistic == Slo.Statistic.MEAN ? 0 : 1 - statistic.quantile();
    return requests.dropped() > above * requests.total();
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
