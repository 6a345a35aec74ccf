package io.streamgauge.controller.compare.stat;

import java.util.function.ToDoubleFunction;

/**
 * A statistic of values that lie in blocks, where any number of copies of each block may be taken.
 * Requests of one run share its queue, so what is independent in it is not a request but a block of
 * them, no shorter than the longest request.
 */
public final class Blocks {
  private final int count;
  private final ToDoubleFunction<int[]> statistic;

  private Blocks(int count, ToDoubleFunction<int[]> statistic) {
    this.count = count;
    this.statistic = statistic;
  }

  /** The sum of the {@code amounts} of all blocks over that of their {@code weights}. */
  public static Blocks ratio(double[] amounts, double[] weights) {
    return new Blocks(
        amounts.length,
        copies -> {
          double amount = 0;
          double weight = 0;
          for (int b = 0; b < copies.length; b++) {
            amount += copies[b] * amounts[b];
            weight += copies[b] * weights[b];
          }
          return amount / weight;
        });
  }

  /** The nearest-rank quantile of {@code rising} values, each in its {@code block}. */
  public static Blocks quantile(double quantile, double[] rising, int[] block, int count) {
    return new Blocks(
        count,
        copies -> {
          long all = 0;
          for (int b : block) {
            all += copies[b];
          }
          long rank = Math.max(1, (long) Math.ceil(quantile * all));
          long below = 0;
          for (int i = 0; i < rising.length; i++) {
            below += copies[block[i]];
            if (below >= rank) {
              return rising[i];
            }
          }
          return Double.NaN;
        });
  }

  int count() {
    return count;
  }

  /** The statistic with {@code copies[b]} of block {@code b}; NaN where there is none. */
  double with(int[] copies) {
    return statistic.applyAsDouble(copies);
  }
}
