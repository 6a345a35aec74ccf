package io.streamgauge.controller.compare.stat;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Holm's step-down adjustment of p-values that are looked at together. */
public final class Holm {
  /** The adjusted values in the order of the given ones. */
  public static double[] adjust(double... p) {
    int[] rising =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] adjusted = new double[p.length];
    double greatest = 0;
    for (int rank = 0; rank < rising.length; rank++) {
      greatest = Math.max(greatest, Math.min(1, p[rising[rank]] * (p.length - rank)));
      adjusted[rising[rank]] = greatest;
    }
    return adjusted;
  }

  private Holm() {}
}
