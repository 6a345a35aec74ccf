package io.streamgauge.controller.compare.stat;

import java.util.SplittableRandom;

/**
 * The permutation test of the difference of two means: how often do the same units, dealt to the
 * two sides anew, differ as much? Two-sided, as twice the lesser of the one-sided values. All deals
 * where there are at most {@link #MOST}, else so many at random.
 *
 * @param least the least value that so few units can have
 * @param exact whether all deals were looked at
 */
public record Permutation(double p, double least, boolean exact) {
  /** 10 against 10 units are 184,756. */
  static final int MOST = 200_000;

  private static final int DRAWS = 20_000;
  private static final double ROUNDING = 1e-12;

  public static Permutation of(double[] before, double[] after, long seed) {
    double[] all = new double[before.length + after.length];
    System.arraycopy(before, 0, all, 0, before.length);
    System.arraycopy(after, 0, all, before.length, after.length);
    double seen = Estimate.mean(after) - Estimate.mean(before);
    double deals = deals(all.length, after.length);
    Tally tally = new Tally(all, after.length, seen);
    boolean exact = deals <= MOST;
    if (exact) {
      tally.deal(0, 0, 0);
    } else {
      tally.draw(new SplittableRandom(seed));
    }
    return new Permutation(tally.p(exact), Math.min(1, 2 / (exact ? deals : DRAWS + 1.0)), exact);
  }

  private static double deals(int all, int some) {
    double deals = 1;
    for (int i = 1; i <= some; i++) {
      deals = deals * (all - some + i) / i;
    }
    return Math.rint(deals);
  }

  /** Counts the deals that are as far on either side as what was seen. */
  private static final class Tally {
    private final double[] all;
    private final int some;
    private final double seen;
    private final double sum;
    private final double close;
    private long above;
    private long below;
    private long total;

    Tally(double[] all, int some, double seen) {
      this.all = all;
      this.some = some;
      this.seen = seen;
      double total = 0;
      double greatest = 0;
      for (double one : all) {
        total += one;
        greatest = Math.max(greatest, Math.abs(one));
      }
      sum = total;
      close = ROUNDING * Math.max(greatest, Math.abs(seen));
    }

    /** Every way to choose the rest of the units from {@code from} on. */
    void deal(int from, int chosen, double sumOfChosen) {
      if (chosen == some) {
        count(sumOfChosen);
        return;
      }
      for (int i = from; i <= all.length - (some - chosen); i++) {
        deal(i + 1, chosen + 1, sumOfChosen + all[i]);
      }
    }

    void draw(SplittableRandom random) {
      for (int n = 0; n < DRAWS; n++) {
        double sumOfChosen = 0;
        for (int i = 0; i < some; i++) {
          int other = i + random.nextInt(all.length - i);
          double taken = all[other];
          all[other] = all[i];
          all[i] = taken;
          sumOfChosen += taken;
        }
        count(sumOfChosen);
      }
    }

    private void count(double sumOfChosen) {
      double difference = sumOfChosen / some - (sum - sumOfChosen) / (all.length - some);
      above += difference >= seen - close ? 1 : 0;
      below += difference <= seen + close ? 1 : 0;
      total++;
    }

    /** What was seen is a deal, too: with random ones it is added. */
    double p(boolean exact) {
      int own = exact ? 0 : 1;
      return Math.min(1, 2.0 * (Math.min(above, below) + own) / (total + own));
    }
  }
}
