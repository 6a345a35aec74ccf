package io.streamgauge.controller.level.watch;

import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.ClosedLoop;
import java.time.Duration;
import java.util.Optional;

/** Whether a level ended before its extent although nobody ended it. */
public final class EarlyEnd {
  /** By which the agents' clocks may be ahead of this one. */
  private static final Duration SLACK = Duration.ofMillis(500);

  /**
   * Why it did, if it did. An open loop has nothing to do from its last request on, which may be
   * long before its time is over.
   *
   * @param requests that it fired
   * @param lasted from its start to its last agent's end
   */
  public static Optional<String> of(Level level, long requests, Duration lasted) {
    boolean work = level.extent().requests().map(all -> requests < all).orElse(true);
    return level
        .extent()
        .duration()
        .filter(
            all ->
                work && level.load() instanceof ClosedLoop && lasted.plus(SLACK).compareTo(all) < 0)
        .map(_ -> "after %.1f s, by nobody's order".formatted(lasted.toNanos() / 1e9));
  }

  private EarlyEnd() {}
}
