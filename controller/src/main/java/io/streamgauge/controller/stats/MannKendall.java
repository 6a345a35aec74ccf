package io.streamgauge.controller.stats;

import org.apache.commons.numbers.gamma.Erfc;

/**
 * The Mann-Kendall test of a series for a monotone trend (Mann 1945, Kendall 1975): S is the number
 * of pairs that rise minus those that fall, its variance n (n - 1) (2n + 5) / 18 less what ties
 * take away. Needs no law of the values, only that they are independent.
 *
 * @param rising whether more pairs rise than fall
 * @param p the two-sided probability of an S as far from 0 without a trend; 1 below four values
 */
public record MannKendall(boolean rising, double p) {
  private static final int FEWEST = 4;

  public static MannKendall of(double... values) {
    int n = values.length;
    long s = 0;
    double tied = 0;
    for (int i = 0; i < n; i++) {
      long same = 0;
      boolean seen = false;
      for (int j = 0; j < n; j++) {
        s += j > i ? (long) Math.signum(values[j] - values[i]) : 0;
        same += values[j] == values[i] ? 1 : 0;
        seen |= j < i && values[j] == values[i];
      }
      tied += seen ? 0 : pairs((double) same);
    }
    double variance = (pairs(n) - tied) / 18;
    return n < FEWEST || s == 0 || variance <= 0
        ? new MannKendall(false, 1)
        : new MannKendall(s > 0, Erfc.value((Math.abs(s) - 1) / Math.sqrt(2 * variance)));
  }

  private static double pairs(double n) {
    return n * (n - 1) * (2 * n + 5);
  }
}
