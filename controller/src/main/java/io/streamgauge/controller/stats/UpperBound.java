package io.streamgauge.controller.stats;

import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Which of the highest of n samples is, with 99 % confidence, no lower than the quantile q of what
 * they are drawn from, whatever its law (MLPerf's early stopping): the k-th highest, for the
 * largest k that so many samples above the quantile reach, P(Binomial(n, 1 - q) >= k) = I(1 - q; k,
 * n - k + 1) >= 0.99. The samples are taken for independent of each other.
 */
public final class UpperBound {
  private static final double CONFIDENCE = 0.99;

  /** From 1, the greatest sample; empty where even that may lie below. */
  public static OptionalLong rank(double quantile, long samples) {
    long low = 0;
    long high = samples;
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      if (surely(quantile, (double) samples, (double) middle)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low == 0 ? OptionalLong.empty() : OptionalLong.of(low);
  }

  private static boolean surely(double quantile, double samples, double rank) {
    return BetaDistribution.of(rank, samples - rank + 1).cumulativeProbability(1 - quantile)
        >= CONFIDENCE;
  }

  private UpperBound() {}
}
