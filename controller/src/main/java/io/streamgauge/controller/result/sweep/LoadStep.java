package io.streamgauge.controller.result.sweep;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.SloCheck;
import io.streamgauge.controller.result.metrics.Quantiles;
import java.util.Optional;

/** What more load brought: System TPS and mean E2E of a level against those of one of less load. */
public record LoadStep(Growth throughput, Growth latency) {
  /** So many standard errors of a difference are its noise. */
  private static final double SURE = 2;

  /**
   * By how much something grew.
   *
   * @param share of what it was
   * @param noise by how much that share may be chance
   */
  public record Growth(double share, double noise) {
    boolean real() {
      return share > noise;
    }

    private static Growth of(double before, double after, double errorBefore, double errorAfter) {
      return new Growth(after / before - 1, SURE * Math.hypot(errorBefore, errorAfter) / before);
    }
  }

  /** Empty where load does not rise, or where too little was measured to know the noise. */
  public static Optional<LoadStep> of(LevelResult before, LevelResult after) {
    Optional<Double> errorBefore = before.metrics().outputTpsError();
    Optional<Double> errorAfter = after.metrics().outputTpsError();
    Quantiles fast = latency(before);
    Quantiles slow = latency(after);
    if (!rises(before.load().load(), after.load().load())
        || errorBefore.isEmpty()
        || errorAfter.isEmpty()
        || fast.mean() == null
        || slow.mean() == null
        || before.metrics().outputTps() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new LoadStep(
            Growth.of(
                before.metrics().outputTps(),
                after.metrics().outputTps(),
                errorBefore.get(),
                errorAfter.get()),
            Growth.of(fast.mean(), slow.mean(), errorOfMean(fast), errorOfMean(slow))));
  }

  /** Whether more load brought no more tokens but longer waits. */
  public boolean saturated() {
    return !throughput.real() && latency.real();
  }

  private static Quantiles latency(LevelResult level) {
    return level.metrics().of(SloCheck.judged(Metric.E2E, level.load().load()));
  }

  private static double errorOfMean(Quantiles latency) {
    return latency.stddev() == null ? 0 : latency.stddev() / Math.sqrt((double) latency.count());
  }

  static boolean rises(Load before, Load after) {
    return switch (before) {
      case ClosedLoop less ->
          after instanceof ClosedLoop more && more.concurrency() > less.concurrency();
      case OpenLoop less -> after instanceof OpenLoop more && more.rate() > less.rate();
    };
  }
}
