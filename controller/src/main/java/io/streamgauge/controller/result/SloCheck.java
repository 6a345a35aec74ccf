package io.streamgauge.controller.result;

import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.SampleFloor;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.slo.Slo;
import io.streamgauge.controller.result.metrics.Metrics;
import io.streamgauge.controller.result.window.Offered;
import io.streamgauge.controller.stats.UpperBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * An objective held against a level, over all requests that it offered.
 *
 * @param limitMs the objective's limit
 * @param valueMs what was measured; absent when nothing was, or when it was never answered
 * @param upperMs what the percentile of all requests that might have been sent does not exceed,
 *     with 99 % confidence, see {@link UpperBound}; absent where there are too few for one, where
 *     it may be one that was never answered, and of what is no percentile of requests
 * @param samplesNeeded how many the percentile needs, where there are fewer
 * @param note how the value was had where the percentile lacks samples, and how many requests were
 *     never answered
 */
public record SloCheck(
    String objective,
    double limitMs,
    Optional<Double> valueMs,
    boolean met,
    Optional<Double> upperMs,
    Optional<Long> samplesNeeded,
    Optional<String> note) {
  private static final double PRECISION = 1e6;

  /**
   * In an open loop TTFT and E2E are judged from the due time. What was never answered stands above
   * all answers, so the quantile is one of all requests offered, and a mean or a maximum of which
   * one was never answered is missed. Gaps between tokens are pooled: there the requests without an
   * answer stand for their share of all gaps. A percentile of the answers without enough samples is
   * judged by the greatest value, which is never below it.
   */
  static SloCheck of(Slo slo, LevelEvidence evidence, Metrics.Requests requests) {
    Distribution measured =
        Metrics.distribution(evidence, judged(slo.metric(), evidence.level().load()));
    Offered offered = Offered.of(requests);
    List<String> notes = new ArrayList<>();
    OptionalDouble value = value(measured, slo.statistic(), offered, notes);
    if (offered.unanswered() > 0) {
      notes.add(offered.text());
    }
    double limit = slo.limit().toNanos() / 1e6;
    return new SloCheck(
        slo.objective(),
        limit,
        value.isPresent() ? Optional.of(rounded(value.getAsDouble())) : Optional.empty(),
        value.isPresent() && rounded(value.getAsDouble()) <= limit,
        upper(measured, slo, offered).map(SloCheck::rounded),
        needed(slo.statistic()).filter(floor -> measured.count() < floor),
        notes.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", notes)));
  }

  /** The metric that an objective on {@code metric} is held against. */
  public static Metric judged(Metric metric, Load load) {
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

  private static OptionalDouble value(
      Distribution measured, Slo.Statistic statistic, Offered offered, List<String> notes) {
    return switch (statistic) {
      case MEAN -> offered.unanswered() > 0 ? OptionalDouble.empty() : measured.meanMillis();
      case MAX -> offered.unanswered() > 0 ? OptionalDouble.empty() : measured.maxMillis();
      case P50, P90, P95, P99, P999 -> {
        OptionalDouble quantile = offered.amongAnswered(statistic.quantile());
        if (quantile.isEmpty() || measured.count() == 0) {
          yield OptionalDouble.empty();
        }
        boolean enough = needed(statistic).stream().allMatch(floor -> measured.count() >= floor);
        if (!enough) {
          notes.add("max of " + measured.count());
        }
        yield enough ? measured.quantileMillis(quantile.getAsDouble()) : measured.maxMillis();
      }
    };
  }

  /** How many samples a percentile needs; the median has no tail. */
  private static Optional<Long> needed(Slo.Statistic statistic) {
    return switch (statistic) {
      case MEAN, MAX, P50 -> Optional.empty();
      case P90, P95, P99, P999 -> Optional.of(SampleFloor.of(statistic.quantile()));
    };
  }

  /** What was never answered stands above all that was. */
  private static Optional<Double> upper(Distribution measured, Slo slo, Offered offered) {
    return switch (slo.statistic()) {
      case MEAN, MAX -> Optional.empty();
      case P50, P90, P95, P99, P999 -> {
        OptionalLong rank =
            slo.metric().perRequest()
                ? UpperBound.rank(
                    slo.statistic().quantile(), measured.count() + offered.unanswered())
                : OptionalLong.empty();
        yield rank.isPresent() && rank.getAsLong() > offered.unanswered()
            ? atRank(measured, rank.getAsLong() - offered.unanswered())
            : Optional.empty();
      }
    };
  }

  /** The so many-th highest. */
  private static Optional<Double> atRank(Distribution measured, long rank) {
    double quantile = (double) (measured.count() - rank + 1) / measured.count();
    OptionalDouble millis = measured.quantileMillis(quantile);
    return millis.isPresent() ? Optional.of(millis.getAsDouble()) : Optional.empty();
  }

  private static double rounded(double millis) {
    return Math.round(millis * PRECISION) / PRECISION;
  }
}
