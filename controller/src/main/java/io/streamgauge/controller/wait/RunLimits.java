package io.streamgauge.controller.wait;

import io.streamgauge.common.PlanException;
import java.time.Duration;

/**
 * How long a run waits for others before it gives up.
 *
 * @param muster until enough agents are there
 * @param prepare until every agent has a level ready
 * @param serving until a closed loop that only fails gets its first answer
 * @param ending until an agent that was told to stop has delivered what it has
 * @param engineReady for the next word of an engine that is being started
 * @param engineGone for the next word of an engine that is being stopped
 * @param recovery until an agent comes back that may hold measurements: to a controller that was
 *     started again, or at the end of a run in which it fell silent
 */
public record RunLimits(
    Duration muster,
    Duration prepare,
    Duration serving,
    Duration ending,
    Duration engineReady,
    Duration engineGone,
    Duration recovery) {
  public static final RunLimits DEFAULT =
      new RunLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(120),
          Duration.ofSeconds(60));

  public RunLimits {
    positive("muster", muster);
    positive("prepare", prepare);
    positive("serving", serving);
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
