package io.streamgauge.controller.compare.stat;

import java.util.Arrays;

/** Whether two samples of lengths are of one law: the two-sample Kolmogorov-Smirnov distance. */
public final class Lengths {
  /** Of the 1 % of pairs of samples that differ most although their law is one. */
  private static final double CRITICAL = 1.6276;

  /** A smaller distance is of no account, however surely it is there. */
  private static final double NEGLIGIBLE = 0.1;

  /** The greatest distance between the two shares of lengths up to any. */
  public static double distance(long[] before, long[] after) {
    long[] a = sorted(before);
    long[] b = sorted(after);
    double greatest = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      long length = Math.min(a[i], b[j]);
      while (i < a.length && a[i] <= length) {
        i++;
      }
      while (j < b.length && b[j] <= length) {
        j++;
      }
      greatest = Math.max(greatest, Math.abs((double) i / a.length - (double) j / b.length));
    }
    return greatest;
  }

  public static boolean differ(long[] before, long[] after) {
    if (before.length == 0 || after.length == 0) {
      return false;
    }
    double n = before.length;
    double m = after.length;
    return distance(before, after) > Math.max(NEGLIGIBLE, CRITICAL * Math.sqrt((n + m) / (n * m)));
  }

  private static long[] sorted(long... lengths) {
    long[] sorted = lengths.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private Lengths() {}
}
