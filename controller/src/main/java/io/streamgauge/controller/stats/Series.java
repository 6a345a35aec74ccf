package io.streamgauge.controller.stats;

import java.util.Arrays;

/** What can be said of a series of numbers, in their order. */
public final class Series {
  public static double mean(double... values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** The middle value, the upper one of two; of at least one value. */
  public static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** The standard deviation of the population over the mean; NaN without a value. */
  public static double variation(double... values) {
    return Math.sqrt(variance(values)) / mean(values);
  }

  private static double variance(double... values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(Double.NaN);
  }

  /**
   * How much higher (above 0) the mean of the second half is than that of the first, as a share.
   */
  public static double change(double... values) {
    int half = values.length / 2;
    double before = mean(Arrays.copyOf(values, half));
    double after = mean(Arrays.copyOfRange(values, values.length - half, values.length));
    return after / before - 1;
  }

  /**
   * The correlation of the series with itself {@code lag} later, -1 to 1; 0 for a constant series
   * or one that is no longer than the lag.
   */
  public static double autocorrelation(int lag, double... values) {
    double mean = mean(values);
    double variance = variance(values) * values.length;
    double sum = 0;
    for (int i = lag; i < values.length; i++) {
      sum += (values[i] - mean) * (values[i - lag] - mean);
    }
    return variance > 0 && lag < values.length
        ? sum / variance * values.length / (values.length - lag)
        : 0;
  }

  private Series() {}
}
