package io.streamgauge.controller.compare.stat;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How far the logarithm of one run's number varies by what happened within the run: the bootstrap
 * over its blocks. As few blocks vary too little among themselves, the variance is that of the
 * draws times k / (k - 1), with k - 1 degrees of freedom.
 */
public final class BlockBootstrap {
  /** With fewer blocks than this the variance is anybody's guess. */
  public static final int FEWEST = 5;

  static final int DRAWS = 2_000;

  /** Empty where there are too few blocks, or draws without a number above 0. */
  public static Optional<Estimate> logarithm(Blocks blocks, long seed) {
    int k = blocks.count();
    if (k < FEWEST) {
      return Optional.empty();
    }
    int[] copies = new int[k];
    Arrays.fill(copies, 1);
    double value = Math.log(blocks.with(copies));
    SplittableRandom random = new SplittableRandom(seed);
    double[] draws = new double[DRAWS];
    for (int n = 0; n < DRAWS; n++) {
      Arrays.fill(copies, 0);
      for (int b = 0; b < k; b++) {
        copies[random.nextInt(k)]++;
      }
      draws[n] = Math.log(blocks.with(copies));
    }
    double deviation = Estimate.deviation(draws);
    return Double.isFinite(value) && Double.isFinite(deviation)
        ? Optional.of(new Estimate(value, deviation * deviation * k / (k - 1), k - 1))
        : Optional.empty();
  }

  private BlockBootstrap() {}
}
