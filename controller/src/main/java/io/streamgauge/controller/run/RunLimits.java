package io.streamgauge.controller.run;

import io.streamgauge.common.PlanException;
import java.time.Duration;

/**
 * How long a run waits for others before it gives up.
 *
 * @param muster until enough agents are there
 * @param prepare until every agent has a level ready
 * @param ending until an agent that was told to stop has delivered what it has
 * @param engineReady until an engine serves
 * @param engineGone until an engine has stopped
 * @param recovery until an agent comes back to a controller that was started again
 */
public record RunLimits(
    Duration muster,
    Duration prepare,
    Duration ending,
    Duration engineReady,
    Duration engineGone,
    Duration recovery) {
  public static final RunLimits DEFAULT =
      new RunLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20));

  public RunLimits {
    positive("muster", muster);
    positive("prepare", prepare);
    positive("ending", ending);
    positive("engine_ready", engineReady);
    positive("engine_gone", engineGone);
    positive("recovery", recovery);
  }

  private static void positive(String field, Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new PlanException(field, limit, "a duration above 0");
    }
  }
}
