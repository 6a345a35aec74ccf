package io.streamgauge.controller.result.capacity;

import io.streamgauge.common.plan.slo.Slo;
import io.streamgauge.controller.result.window.Rates;
import io.streamgauge.controller.stats.DesignEffect;
import io.streamgauge.controller.stats.ShareTest;
import java.util.List;

/**
 * Whether enough requests keep an objective's limit: of {@code ttft_p99} 99 %.
 *
 * @param needed the share of requests that has to
 * @param requests that were held against it, without those of the opening of a closed loop
 * @param missed those of them that took longer or were never answered
 * @param designEffect how many requests in a row tell as much as one that depends on no other, by
 *     the means of ten batches: of misses, or of latencies where these say more; what exceeds 1 is
 *     taken twice; of a level too short to pass at least so many that no more is left than one for
 *     each span
 */
public record ObjectiveTest(
    String objective, double needed, long requests, long missed, double designEffect, Proof proof) {
  /** Fewer tell nothing of how they depend on each other. */
  private static final int FEWEST = 50;

  private static final double ENOUGH = 1 / (1 - Proof.CONFIDENCE);

  /** One time in ten a variance of ten batches is less than half of the true one. */
  private static final double UNSURE = 2;

  /** {@code objectives} are as many as are tested, of which one is enough to fail. */
  static ObjectiveTest of(Slo slo, List<Trial> trials, Spans spans, int objectives) {
    List<Trial> told = trials.stream().filter(Trial::told).toList();
    double[] missed = told.stream().mapToDouble(trial -> trial.missed() ? 1 : 0).toArray();
    double[] shares = told.stream().mapToDouble(Trial::share).toArray();
    long misses = told.stream().filter(Trial::missed).count();
    double seen = Math.max(DesignEffect.of(missed), DesignEffect.of(shares));
    double batched = 1 + UNSURE * (seen - 1);
    double effect =
        spans.enough() || spans.none() ? batched : Math.max(batched, told.size() / spans.made());
    double needed = slo.statistic().quantile();
    return new ObjectiveTest(
        slo.objective(),
        needed,
        told.size(),
        misses,
        Rates.round(effect),
        proof(
            new ShareTest(told.size() / effect, misses / effect, 1 - needed),
            told.size(),
            spans,
            objectives));
  }

  /** Whether more than may did miss the limit, which proves nothing of the next ones. */
  boolean late() {
    return missed > (1 - needed) * requests;
  }

  /** So many requests it takes to pass where none is late and none depends on another. */
  static long fewest(Slo slo) {
    long requests = FEWEST;
    while (new ShareTest(requests, 0, 1 - slo.statistic().quantile()).below() < ENOUGH) {
      requests += FEWEST;
    }
    return requests;
  }

  private static Proof proof(ShareTest test, int trials, Spans spans, int objectives) {
    if (trials < FEWEST || spans.none()) {
      return Proof.UNDECIDED;
    }
    if (spans.enough() && test.below() >= ENOUGH) {
      return Proof.PASSES;
    }
    return test.above() >= ENOUGH * objectives ? Proof.FAILS : Proof.UNDECIDED;
  }
}
