package io.streamgauge.common.plan;

import io.streamgauge.common.PlanException;
import java.util.Optional;

/**
 * How a run goes through its levels.
 *
 * @param stopWhenSaturated whether levels are left out once more load brings no more tokens
 * @param repeats how often each backend is run
 * @param find that the most load is sought that keeps the objectives, in place of the levels' own
 */
public record Course(boolean stopWhenSaturated, int repeats, Optional<Find> find) {
  /** Each level once. */
  public static final Course DEFAULT = new Course(false, 1, Optional.empty());

  private static final int MOST_REPEATS = 1_000;

  public Course {
    if (repeats < 1 || repeats > MOST_REPEATS) {
      throw new PlanException("repeats", repeats, "a number from 1 to " + MOST_REPEATS);
    }
    if (find.isPresent() && stopWhenSaturated) {
      throw new PlanException("stop_when_saturated", true, "none beside find");
    }
  }

  public Course stoppingWhenSaturated() {
    return new Course(true, repeats, find);
  }

  public Course repeated(int times) {
    return new Course(stopWhenSaturated, times, find);
  }

  public Course finding(Find sought) {
    return new Course(stopWhenSaturated, repeats, Optional.of(sought));
  }
}
