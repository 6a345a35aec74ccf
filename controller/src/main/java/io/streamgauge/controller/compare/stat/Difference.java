package io.streamgauge.controller.compare.stat;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The difference of two estimates, by Welch's t: its variance is the sum of theirs, its degrees of
 * freedom are those of Satterthwaite.
 *
 * @param error the standard error of the value
 */
public record Difference(double value, double error, double freedom) {

  /** By how much {@code after} lies above {@code before}. */
  public static Difference of(Estimate before, Estimate after) {
    double variance = before.variance() + after.variance();
    double freedom =
        variance == 0
            ? before.freedom() + after.freedom()
            : variance
                * variance
                / (square(before.variance()) / before.freedom()
                    + square(after.variance()) / after.freedom());
    return new Difference(after.value() - before.value(), Math.sqrt(variance), freedom);
  }

  private static double square(double value) {
    return value * value;
  }

  /** Half of the width of the two-sided interval that holds the truth with that confidence. */
  public double reach(double confidence) {
    return error == 0 ? 0 : error * quantile(freedom, (1 + confidence) / 2);
  }

  /** The two-sided probability of a difference as large where there is none. */
  public double p() {
    if (error == 0) {
      return value == 0 ? 1 : 0;
    }
    return 2 * TDistribution.of(freedom).survivalProbability(Math.abs(value) / error);
  }

  /** The quantile of Student's t. */
  static double quantile(double freedom, double probability) {
    return TDistribution.of(freedom).inverseCumulativeProbability(probability);
  }
}
