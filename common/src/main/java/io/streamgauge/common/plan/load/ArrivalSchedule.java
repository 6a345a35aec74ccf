package io.streamgauge.common.plan.load;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The absolute times at which an open loop's requests are due: a seeded sequence of nanoseconds
 * from the level's start, the same for everyone who walks it.
 */
public final class ArrivalSchedule {
  private static final double NANOS = 1e9;

  private final LongSupplier nextNanos;
  private long last;

  private ArrivalSchedule(LongSupplier nextNanos) {
    this.nextNanos = nextNanos;
  }

  /** The schedule of a level; a ramp takes the level's whole extent. */
  public static ArrivalSchedule of(OpenLoop load, Extent extent, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double rate = load.rate();
    return new ArrivalSchedule(
        switch (load.arrival()) {
          case Arrival.Constant() -> nanos(constant(rate));
          case Arrival.Poisson() -> nanos(sum(() -> exponential(random) / rate));
          case Arrival.Gamma(double cv) -> nanos(sum(() -> GammaDraw.unitMean(cv, random) / rate));
          case Arrival.Ramp(double to) ->
              nanos(ramp(rate, to, rampSeconds(rate, to, extent), random));
          case Arrival.Replay(List<Long> times) -> replay(times);
          case Arrival.Trace trace -> throw trace.unread();
        });
  }

  /** The next due time, never before the one before it. */
  public long next() {
    last = Math.max(last, nextNanos.getAsLong());
    return last;
  }

  private static LongSupplier nanos(DoubleSupplier seconds) {
    return () -> Math.round(seconds.getAsDouble() * NANOS);
  }

  /** The given times; beyond the last one, which no level reaches, it stays there. */
  private static LongSupplier replay(List<Long> times) {
    int[] next = {0};
    return () -> times.get(Math.min(next[0]++, times.size() - 1));
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
