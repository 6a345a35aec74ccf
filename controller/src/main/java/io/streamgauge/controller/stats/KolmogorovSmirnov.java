package io.streamgauge.controller.stats;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The one-sample Kolmogorov-Smirnov test against a law that is known beforehand.
 *
 * @param distance the greatest distance between the samples' cdf and the law's
 * @param p the probability of such a distance under the law, by Kolmogorov's series with Stephens'
 *     correction for a finite number of samples
 */
public record KolmogorovSmirnov(double distance, double p) {
  private static final int MOST_TERMS = 100;

  /**
   * Tests samples, of which there is at least one.
   *
   * @param cdf of the law
   * @param least what is smaller cannot be told apart: there the two are not compared
   */
  public static KolmogorovSmirnov of(double[] samples, DoubleUnaryOperator cdf, double least) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    double n = sorted.length;
    int below = 0;
    while (below < sorted.length && sorted[below] <= least) {
      below++;
    }
    double distance = Math.abs(below / n - cdf.applyAsDouble(least));
    for (int i = below; i < sorted.length; i++) {
      double expected = cdf.applyAsDouble(sorted[i]);
      distance = Math.max(distance, Math.max(expected - i / n, (i + 1) / n - expected));
    }
    double root = Math.sqrt(n);
    return new KolmogorovSmirnov(distance, beyond((root + 0.12 + 0.11 / root) * distance));
  }

  /** 2 times the sum over k of (-1)^(k-1) exp(-2 k^2 x^2); near 1 where it converges slowly. */
  private static double beyond(double x) {
    if (x < 0.2) {
      return 1;
    }
    double sum = 0;
    for (int k = 1; k <= MOST_TERMS; k++) {
      sum += (k % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * k * k * x * x);
    }
    return Math.clamp(sum, 0, 1);
  }
}
