package io.streamgauge.controller.result.capacity;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import java.util.OptionalLong;

/**
 * A request held against the limit of an objective.
 *
 * @param told whether it can be: an answer of one token has no TPOT
 * @param share of the limit that it took; what was never answered took {@link #FOR_EVER}
 */
public record Trial(boolean told, double share) {
  /** More is not told apart, so that single answers do not hide how the others lie. */
  public static final double FOR_EVER = 4;

  /** Less is not told apart, because what goes on far below a limit is no matter of it. */
  private static final double FAR_BELOW = 0.5;

  private static final Trial UNTOLD = new Trial(false, 0);
  private static final Trial UNANSWERED = new Trial(true, FOR_EVER);

  static Trial of(RequestRecord request, Metric metric, long limitNanos) {
    if (request.outcome() != Outcome.OK) {
      return UNANSWERED;
    }
    OptionalLong value = request.value(metric);
    return value.isEmpty() ? UNTOLD : of((double) value.getAsLong() / limitNanos);
  }

  public static Trial of(double share) {
    return new Trial(true, Math.clamp(share, FAR_BELOW, FOR_EVER));
  }

  boolean missed() {
    return share > 1;
  }
}
