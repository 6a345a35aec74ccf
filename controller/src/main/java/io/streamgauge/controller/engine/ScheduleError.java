package io.streamgauge.controller.engine;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.SampleFloor;
import java.util.Locale;
import java.util.Optional;

/**
 * How late a simulated engine wrote the tokens of a level, by its own schedule.
 *
 * @param p99Ms absent where the writes are too few for it
 */
public record ScheduleError(long count, double p50Ms, Optional<Double> p99Ms, double maxMs) {
  private static final double PRECISION = 1e6;

  /** Empty where nothing was written. */
  static Optional<ScheduleError> of(Distribution late) {
    return late.count() == 0
        ? Optional.empty()
        : Optional.of(
            new ScheduleError(
                late.count(),
                rounded(late.quantileMillis(0.5).orElse(0)),
                late.count() < SampleFloor.of(0.99)
                    ? Optional.empty()
                    : Optional.of(rounded(late.quantileMillis(0.99).orElse(0))),
                rounded(late.maxMillis().orElse(0))));
  }

  /** What hardly a write is later than: the 99th percentile or, of few writes, the latest. */
  @JsonIgnore
  public double tailMs() {
    return p99Ms.orElse(maxMs);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "p50 %.3f p99 %s max %.3f ms late over %d writes",
        p50Ms,
        p99Ms.map(p99 -> String.format(Locale.ROOT, "%.3f", p99)).orElse("n/a"),
        maxMs,
        count);
  }

  private static double rounded(double value) {
    return Math.round(value * PRECISION) / PRECISION;
  }
}
