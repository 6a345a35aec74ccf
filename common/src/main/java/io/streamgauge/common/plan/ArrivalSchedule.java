package io.streamgauge.common.plan;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * The absolute times at which an open loop's requests are due: an endless, seeded sequence of
 * nanoseconds from the level's start, the same for everyone who walks it.
 */
public final class ArrivalSchedule {
  private static final double NANOS = 1e9;

  private final DoubleSupplier nextSeconds;
  private long last;

  private ArrivalSchedule(DoubleSupplier nextSeconds) {
    this.nextSeconds = nextSeconds;
  }

  /** The schedule of a level; a ramp takes the level's whole extent. */
  public static ArrivalSchedule of(OpenLoop load, Extent extent, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double rate = load.rate();
    return new ArrivalSchedule(
        switch (load.arrival()) {
          case Arrival.Constant() -> constant(rate);
          case Arrival.Poisson() -> sum(() -> exponential(random) / rate);
          case Arrival.Gamma(double cv) -> sum(() -> GammaDraw.unitMean(cv, random) / rate);
          case Arrival.Ramp(double to) -> ramp(rate, to, rampSeconds(rate, to, extent), random);
        });
  }

  /** The next due time, never before the one before it. */
  public long next() {
    last = Math.max(last, Math.round(nextSeconds.getAsDouble() * NANOS));
    return last;
  }

  /** Multiplies instead of adding gaps, so that no rounding error piles up. */
  private static DoubleSupplier constant(double rate) {
    long[] count = {0};
    return () -> count[0]++ / rate;
  }

  private static DoubleSupplier sum(DoubleSupplier gap) {
    double[] time = {0};
    return () -> time[0] += gap.getAsDouble();
  }

  /**
   * Poisson arrivals of a changing rate, by inversion: the k-th arrival is where the expected count
   * reaches a sum of k unit exponentials. With the rate going from a to b over T seconds the
   * expected count at t is a t + (b - a) t^2 / (2 T), and goes on at rate b after T. The quadratic
   * is solved in the form that does not cancel when a and b are close.
   */
  private static DoubleSupplier ramp(double a, double b, double length, SplittableRandom random) {
    double whole = (a + b) / 2 * length;
    double slope = (b - a) / length;
    DoubleSupplier expected = sum(() -> exponential(random));
    return () -> {
      double count = expected.getAsDouble();
      if (count >= whole) {
        return length + (count - whole) / b;
      }
      return 2 * count / (a + Math.sqrt(a * a + 2 * slope * count));
    };
  }

  private static double rampSeconds(double from, double to, Extent extent) {
    return extent
        .duration()
        .map(duration -> duration.toNanos() / NANOS)
        .orElseGet(() -> extent.requests().orElseThrow() / ((from + to) / 2));
  }

  private static double exponential(SplittableRandom random) {
    return -Math.log1p(-random.nextDouble());
  }
}
