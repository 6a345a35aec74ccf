package io.streamgauge.controller.result.metrics;

import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.Fluidity;
import io.streamgauge.common.measure.SampleFloor;
import io.streamgauge.common.plan.slo.Deadlines;
import io.streamgauge.controller.result.window.Rates;
import java.util.Optional;

/**
 * The fluidity index of the requests offered, see {@link Fluidity}; one that was never answered has
 * 0.
 *
 * @param firstTokenMs the deadline of the first token, {@code tokenMs} that of each later one
 * @param mean over the requests, 0 to 1; absent without a request
 * @param fluid the share of the requests whose index is 0.9 or more; absent without a request
 * @param fluidTokenRate tokens per second: 1 over the least deadline of later tokens with which 99
 *     % of the requests would reach 0.9, the first token's left as it is; absent where no deadline
 *     does, and of fewer requests than a p99 needs
 */
public record FluidityReport(
    double firstTokenMs,
    double tokenMs,
    Optional<Double> mean,
    Optional<Double> fluid,
    Optional<Double> fluidTokenRate) {
  private static final double MOST_REQUESTS = 0.99;

  /** {@code leastDeadlines} are those of the answers that have one. */
  public static FluidityReport of(
      Deadlines deadlines, long requests, double sum, long fluid, Distribution leastDeadlines) {
    return new FluidityReport(
        deadlines.firstToken().toNanos() / 1e6,
        deadlines.token().toNanos() / 1e6,
        share(sum, requests),
        share((double) fluid, requests),
        tokenRate(requests, leastDeadlines));
  }

  private static Optional<Double> share(double part, long requests) {
    return requests == 0 ? Optional.empty() : Optional.of(Rates.round(part / requests));
  }

  /**
   * An answer that no deadline makes fluid stands above all others, as does one that never came.
   */
  private static Optional<Double> tokenRate(long requests, Distribution leastDeadlines) {
    double needed = Math.ceil(MOST_REQUESTS * requests);
    if (requests < SampleFloor.of(MOST_REQUESTS) || needed > leastDeadlines.count()) {
      return Optional.empty();
    }
    double millis = leastDeadlines.quantileMillis(needed / leastDeadlines.count()).orElseThrow();
    return millis == 0 ? Optional.empty() : Optional.of(Rates.round(1e3 / millis));
  }
}
