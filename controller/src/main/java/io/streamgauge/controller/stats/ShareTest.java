package io.streamgauge.controller.stats;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * How strongly trials speak for a rate of misses below, or above, a limit: the likelihood of all
 * rates on that side, each alike, over that of the limit. Where the truth lies on the other side,
 * it ever exceeds {@code 1 / doubt} with no more than that probability, however often one looks in
 * between: so a test may end as soon as it does (Ville's inequality). With the density f and the
 * distribution function F of Beta(misses + 1, hits + 1) at the limit q it is F / (q f) for below
 * and (1 - F) / ((1 - q) f) for above.
 *
 * @param trials which may be fewer than were made, where those are alike
 */
public record ShareTest(double trials, double misses, double limit) {
  public ShareTest {
    if (!(trials >= misses && misses >= 0 && limit > 0 && limit < 1)) {
      throw new IllegalArgumentException(
          "%s misses of %s at a limit of %s, expected 0 to all, and a limit between 0 and 1"
              .formatted(misses, trials, limit));
    }
  }

  public double below() {
    return ratio(Math.log(posterior().cumulativeProbability(limit)), Math.log(limit));
  }

  public double above() {
    return ratio(Math.log(posterior().survivalProbability(limit)), Math.log1p(-limit));
  }

  private double ratio(double logSide, double logWidth) {
    return Math.exp(logSide - logWidth - posterior().logDensity(limit));
  }

  private BetaDistribution posterior() {
    return BetaDistribution.of(misses + 1, trials - misses + 1);
  }
}
