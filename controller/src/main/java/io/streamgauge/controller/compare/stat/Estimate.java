package io.streamgauge.controller.compare.stat;

import java.util.Arrays;

/**
 * What is known of a quantity from independent units: its value, the variance of that value, and
 * the degrees of freedom of the variance.
 */
public record Estimate(double value, double variance, double freedom) {
  public Estimate {
    if (!Double.isFinite(value) || !(variance >= 0) || !(freedom > 0)) {
      throw new IllegalArgumentException(
          "estimate: %s with variance %s and %s degrees of freedom, expected a number, 0 or more, and more than 0"
              .formatted(value, variance, freedom));
    }
  }

  /** The mean of units, of which there are two at least. */
  public static Estimate ofUnits(double... units) {
    int n = units.length;
    if (n < 2) {
      throw new IllegalArgumentException("units: %d, expected 2 or more".formatted(n));
    }
    return new Estimate(mean(units), deviation(units) * deviation(units) / n, n - 1);
  }

  /** A single unit of a kind whose variation others have shown. */
  public static Estimate ofOne(double unit, double deviation, double freedom) {
    return new Estimate(unit, deviation * deviation, freedom);
  }

  public static double mean(double... units) {
    return Arrays.stream(units).average().orElse(Double.NaN);
  }

  /** The sample's standard deviation, by n - 1. */
  public static double deviation(double... units) {
    double mean = mean(units);
    return Math.sqrt(
        Arrays.stream(units).map(unit -> (unit - mean) * (unit - mean)).sum() / (units.length - 1));
  }
}
