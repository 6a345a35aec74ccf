package io.streamgauge.controller.stats;

import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.OpenLoop;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * Whether the gaps between arrivals follow the law that was asked for. Random laws are tested by
 * Kolmogorov and Smirnov at 0.1 %, and only a distance above 0.1 counts, because with many arrivals
 * the microseconds of a timer would be found, too; gaps below a tenth of the mean one, or below 1
 * ms where that is less, are taken as one. The gaps of a ramp are those of its expected count,
 * which are exponential whatever the rate. Of a constant law no more than 5 % of the gaps may be
 * off by more than a tenth of the gap, or by more than 1 ms where that is more.
 */
public final class ArrivalLaw {
  /** With fewer gaps nothing is said. */
  static final int FEWEST = 30;

  private static final double DOUBT = 0.001;
  private static final double LEAST_DISTANCE = 0.1;
  private static final double LEAST_PART = 0.1;
  private static final double LEAST_SECONDS = 0.001;
  private static final double OFF_SHARE = 0.05;
  private static final double OFF_PART = 0.1;
  private static final double OFF_LEAST_SECONDS = 0.001;

  /**
   * What speaks against the law, in words.
   *
   * @param times of the arrivals in ns from the level's start, sorted
   * @param rampSeconds over which the rate of a ramp changes
   */
  public static Optional<String> fault(OpenLoop load, double rampSeconds, long[] times) {
    if (times.length <= FEWEST) {
      return Optional.empty();
    }
    double rate = load.rate();
    double least = Math.min(LEAST_SECONDS, LEAST_PART / rate);
    double[] seconds = Arrays.stream(times).mapToDouble(t -> t / 1e9).toArray();
    return switch (load.arrival()) {
      case Arrival.Replay _ -> Optional.empty();
      case Arrival.Trace trace -> throw trace.unread();
      case Arrival.Constant() -> uneven(gaps(seconds), 1 / rate);
      case Arrival.Poisson() -> unlike(gaps(seconds), gap -> -Math.expm1(-rate * gap), least);
      case Arrival.Gamma(double cv) -> {
        double shape = 1 / (cv * cv);
        yield unlike(
            gaps(seconds), gap -> RegularizedGamma.P.value(shape, shape * rate * gap), least);
      }
      case Arrival.Ramp(double to) ->
          unlike(
              gaps(Arrays.stream(seconds).map(t -> expected(rate, to, rampSeconds, t)).toArray()),
              gap -> -Math.expm1(-gap),
              Math.min(LEAST_PART, LEAST_SECONDS * Math.max(rate, to)));
    };
  }

  /** How many arrivals a rate that goes from a to b over T seconds, and stays, lets expect by t. */
  private static double expected(double a, double b, double length, double t) {
    double inRamp = Math.min(t, length);
    return a * inRamp + (b - a) * inRamp * inRamp / (2 * length) + b * (t - inRamp);
  }

  private static double[] gaps(double[] times) {
    double[] gaps = new double[times.length - 1];
    Arrays.setAll(gaps, i -> times[i + 1] - times[i]);
    return gaps;
  }

  private static Optional<String> unlike(double[] gaps, DoubleUnaryOperator cdf, double least) {
    KolmogorovSmirnov test = KolmogorovSmirnov.of(gaps, cdf, least);
    return test.p() < DOUBT && test.distance() > LEAST_DISTANCE
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "the %d gaps are %.2f away from the law (Kolmogorov-Smirnov, p %.1g)",
                gaps.length,
                test.distance(),
                test.p()))
        : Optional.empty();
  }

  private static Optional<String> uneven(double[] gaps, double wanted) {
    double limit = Math.max(OFF_PART * wanted, OFF_LEAST_SECONDS);
    long off = Arrays.stream(gaps).filter(gap -> Math.abs(gap - wanted) > limit).count();
    return off > OFF_SHARE * gaps.length
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%d of %d gaps are off by more than %.2f ms from %.2f ms",
                off,
                gaps.length,
                limit * 1e3,
                wanted * 1e3))
        : Optional.empty();
  }

  private ArrivalLaw() {}
}
