package io.streamgauge.common.measure;

/**
 * How many samples a percentile needs before it says anything about the tail: the smallest n for
 * which, with 99 % confidence, at least two samples lie above the quantile, that is q^n + n (1 - q)
 * q^(n-1) <= 0.01 (MLPerf's early stopping). 64 for p90, 130 for p95, 662 for p99, 6,636 for p99.9.
 */
public final class SampleFloor {
  private static final double DOUBT = 0.01;

  /** The least number of samples for the quantile {@code q}, 0 < q < 1. */
  public static long of(double q) {
    long low = 1;
    long high = 1L << 40;
    while (low < high) {
      long middle = (low + high) / 2;
      if (doubt(q, middle) <= DOUBT) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static double doubt(double q, long n) {
    double samples = n;
    return Math.pow(q, samples) + samples * (1 - q) * Math.pow(q, samples - 1);
  }

  private SampleFloor() {}
}
