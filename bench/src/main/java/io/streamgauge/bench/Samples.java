package io.streamgauge.bench;

import java.util.Arrays;

/** Values to be summed up; statistics of none are NaN. */
final class Samples {
  private final double[] sorted;

  Samples(double[] values) {
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  double mean() {
    return Arrays.stream(sorted).average().orElse(Double.NaN);
  }

  /** The least value that at least this share of all does not exceed. */
  double quantile(double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted.length == 0 ? Double.NaN : sorted[Math.max(rank, 1) - 1];
  }
}
