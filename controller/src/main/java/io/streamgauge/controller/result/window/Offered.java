package io.streamgauge.controller.result.window;

import io.streamgauge.controller.result.metrics.Metrics;
import io.streamgauge.controller.stats.Shares;
import java.util.OptionalDouble;

/**
 * The requests that a level offered to its target, and those of them that never got a whole answer:
 * they failed, timed out, were cancelled or dropped. To whom they belong they took for ever, so
 * they stand above every answer in whatever order answers are put.
 */
public record Offered(long total, long unanswered) {
  /** Below what floating-point numbers add to a rank. */
  private static final double ROUNDING = 1e-9;

  public static Offered of(Metrics.Requests requests) {
    return new Offered(requests.total(), requests.total() - requests.successful());
  }

  /**
   * Which quantile of the answers is the quantile {@code q} of all that was offered; empty where
   * that one was never answered.
   */
  public OptionalDouble amongAnswered(double q) {
    long answered = total - unanswered;
    return Math.ceil(q * total - ROUNDING) > answered
        ? OptionalDouble.empty()
        : OptionalDouble.of(total == 0 ? q : Math.min(1, q * total / answered));
  }

  /** How many were never answered, in words. */
  public String text() {
    return "%s of %d offered were never answered"
        .formatted(Shares.percent((double) unanswered / total), total);
  }
}
