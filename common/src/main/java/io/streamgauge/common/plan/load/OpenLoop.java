package io.streamgauge.common.plan.load;

import io.streamgauge.common.PlanException;
import java.util.Optional;

/**
 * Requests start when the schedule says so, whatever the server does.
 *
 * @param rate requests per second
 * @param maxConcurrency a cap; waiting for it is counted and reported
 */
public record OpenLoop(double rate, Arrival arrival, Optional<Integer> maxConcurrency)
    implements Load {
  static final double HIGHEST_RATE = 1_000_000;

  /** At given times, whose mean rate is the rate. */
  public static OpenLoop replay(Arrival.Replay replay, Optional<Integer> maxConcurrency) {
    return new OpenLoop(replay.meanRate(), replay, maxConcurrency);
  }

  /** At the times of a dataset that is not read yet: until then its speed stands for its rate. */
  public static OpenLoop trace(Arrival.Trace trace, Optional<Integer> maxConcurrency) {
    return new OpenLoop(trace.speed(), trace, maxConcurrency);
  }

  public OpenLoop {
    if (!(rate > 0 && rate <= HIGHEST_RATE)) {
      throw new PlanException("rate", rate, "requests per second, above 0 and at most 1000000");
    }
    maxConcurrency.ifPresent(
        cap -> {
          if (cap < 1) {
            throw new PlanException("max_concurrency", cap, "a number from 1");
          }
        });
  }
}
