package io.streamgauge.common.plan.load;

import io.streamgauge.common.PlanException;
import java.time.Duration;
import java.util.Optional;

/**
 * A fixed number of requests in flight.
 *
 * @param ramp the time over which the first requests start; chosen by {@link #opening()} when empty
 */
public record ClosedLoop(int concurrency, Optional<Duration> ramp) implements Load {
  static final int HIGHEST_CONCURRENCY = 1_000_000;
  private static final Duration LONGEST_OPENING = Duration.ofSeconds(10);

  public ClosedLoop {
    if (concurrency < 1 || concurrency > HIGHEST_CONCURRENCY) {
      throw new PlanException(
          "concurrency", concurrency, "a number from 1 to " + HIGHEST_CONCURRENCY);
    }
  }

  /** One millisecond a user, so that opening a connection seldom delays another one. */
  public Duration opening() {
    Duration wanted = Duration.ofMillis(concurrency);
    return ramp.orElse(wanted.compareTo(LONGEST_OPENING) < 0 ? wanted : LONGEST_OPENING);
  }
}
