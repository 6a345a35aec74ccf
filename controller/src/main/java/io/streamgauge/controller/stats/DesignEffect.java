package io.streamgauge.controller.stats;

import java.util.Arrays;

/**
 * How many values in a row tell as much as one that depends on none: the variance of the means of
 * equal batches over what it would be of independent values (batch means). Never below 1.
 */
public final class DesignEffect {
  private static final int BATCHES = 10;

  /** Of values in the order in which they came; 1 where there are too few to tell. */
  public static double of(double... values) {
    int length = values.length / BATCHES;
    if (length < 2) {
      return 1;
    }
    Moments all = new Moments();
    Moments means = new Moments();
    for (int batch = 0; batch < BATCHES; batch++) {
      double[] part = Arrays.copyOfRange(values, batch * length, (batch + 1) * length);
      means.add(Series.mean(part));
      for (double value : part) {
        all.add(value);
      }
    }
    return all.variance() == 0 ? 1 : Math.max(1, length * means.variance() / all.variance());
  }

  private DesignEffect() {}
}
