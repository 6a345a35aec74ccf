package io.streamgauge.controller.gpu;

import io.streamgauge.common.gpu.GpuQuantity;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The energy of a GPU over a span, twice: its counter's difference, and its sampled power
 * integrated. The counter is the measure, since it misses nothing between two samples; where it
 * cannot be trusted for the whole span there is no number rather than a part of one.
 */
final class EnergyMeter {
  /** A counter moves every 20 to 100 ms: in less than this a step is more than 5 %. */
  static final Duration SHORTEST = Duration.ofSeconds(2);

  /** Samples farther apart say nothing of what was between them. */
  private static final Duration LONGEST_GAP = Duration.ofSeconds(1);

  private static final int INTERVALS = 5;

  private final GpuSeries series;
  private final long longestGap;
  private final OptionalLong lostAt;

  /**
   * @param interval between two samples as they should be
   * @param lostAt when the GPU fell away
   */
  EnergyMeter(GpuSeries series, Duration interval, OptionalLong lostAt) {
    this.series = series;
    this.longestGap =
        Math.max(
            LONGEST_GAP.toNanos(), interval.multipliedBy(INTERVALS).toNanos() * series.stride());
    this.lostAt = lostAt;
  }

  /** The counter's difference over the span, in ns of the series' clock. */
  Energy counter(long from, long to) {
    Curve counter = series.curve(GpuQuantity.ENERGY);
    Optional<Energy.Missing> missing = missing(counter, "energy counter", from, to);
    if (missing.isPresent()) {
      return missing.get();
    }
    return counter.falls(from, to)
        ? new Energy.Missing(Energy.Reason.COUNTER_RESET, "its energy counter began anew")
        : new Energy.Whole(counter.at(to) - counter.at(from), counter.step(from, to));
  }

  /** The sampled power's integral over the span. */
  Optional<Double> integral(long from, long to) {
    Curve power = series.curve(GpuQuantity.POWER);
    return missing(power, "power", from, to).isPresent() || power.longestGap(from, to) > longestGap
        ? Optional.empty()
        : Optional.of(power.integral(from, to));
  }

  private Optional<Energy.Missing> missing(Curve curve, String what, long from, long to) {
    if (to - from < SHORTEST.toNanos()) {
      return Optional.of(
          new Energy.Missing(
              Energy.Reason.WINDOW_SHORT,
              "the window is shorter than " + SHORTEST.toSeconds() + " s"));
    }
    if (lostAt.isPresent() && lostAt.getAsLong() < to) {
      return Optional.of(new Energy.Missing(Energy.Reason.LOST, "the GPU was lost"));
    }
    if (curve.size() == 0) {
      return Optional.of(
          new Energy.Missing(Energy.Reason.NO_READING, "no %s is read".formatted(what)));
    }
    return curve.reachesOver(from, to, longestGap)
        ? Optional.empty()
        : Optional.of(
            new Energy.Missing(
                Energy.Reason.GAP, "no sample is near enough to the window's two ends"));
  }
}
