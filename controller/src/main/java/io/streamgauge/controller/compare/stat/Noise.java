package io.streamgauge.controller.compare.stat;

import java.util.OptionalInt;

/** What the variation between runs of one thing hides, and how many runs would show it. */
public final class Noise {
  /** Beyond so many repeats nobody waits for an answer. */
  public static final int MOST_REPEATS = 1_000;

  private static final double POWER = 0.8;

  /**
   * The A/A noise floor: the difference that {@code before} and {@code after} runs of one and the
   * same thing exceed with a probability of {@code 1 - confidence}.
   */
  public static double floor(
      double deviation, double freedom, int before, int after, double confidence) {
    return deviation
        * Math.sqrt(1.0 / before + 1.0 / after)
        * Difference.quantile(freedom, (1 + confidence) / 2);
  }

  /**
   * The least number of runs a side whose interval is likely (80 %) to stay off what lies {@code
   * distance} away; empty beyond {@link #MOST_REPEATS}.
   */
  public static OptionalInt repeats(double deviation, double distance, double confidence) {
    for (int n = 2; n <= MOST_REPEATS; n++) {
      double freedom = 2.0 * n - 2;
      double reach =
          Difference.quantile(freedom, (1 + confidence) / 2) + Difference.quantile(freedom, POWER);
      if (reach * deviation * Math.sqrt(2.0 / n) <= distance) {
        return OptionalInt.of(n);
      }
    }
    return OptionalInt.empty();
  }

  private Noise() {}
}
