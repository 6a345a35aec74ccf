package io.streamgauge.agent.sim.journal;

import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.common.histogram.Distribution;
import java.util.Locale;

/** Quantiles, in microseconds, of how late tokens were written by the engine's own schedule. */
public record ScheduleError(long count, double p50, double p99, double max) {
  /** More than this share of a gap would show in what a client measures. */
  private static final double SHARE = 0.02;

  private static final double MICROS = 1e3;

  public static ScheduleError of(Distribution lateness) {
    return new ScheduleError(
        lateness.count(),
        lateness.quantileMillis(0.5).orElse(0) * MICROS,
        lateness.quantileMillis(0.99).orElse(0) * MICROS,
        lateness.maxMillis().orElse(0) * MICROS);
  }

  /** Whether what {@code model} describes came otherwise; without gaps nothing is late. */
  public boolean spoils(LatencyModel model) {
    return model.itl().isPositive() && p99 * MICROS > SHARE * model.gapNanos();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "p50 %.3f p99 %.3f max %.3f ms late over %d events",
        p50 / MICROS,
        p99 / MICROS,
        max / MICROS,
        count);
  }
}
