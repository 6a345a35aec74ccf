package io.streamgauge.agent.link;

import io.streamgauge.common.PlanException;
import java.time.Duration;

/**
 * How an agent keeps in touch with its controller.
 *
 * @param beat how often it says that it is there
 * @param deadAfter a controller that was not heard for so long has no load fired for it
 */
public record LinkLimits(Duration beat, Duration deadAfter) {
  public static final LinkLimits DEFAULT =
      new LinkLimits(Duration.ofSeconds(1), Duration.ofSeconds(4));

  public LinkLimits {
    if (beat.isZero() || beat.isNegative()) {
      throw new PlanException("beat", beat, "a duration above 0");
    }
    if (deadAfter.compareTo(beat) <= 0) {
      throw new PlanException("dead_after", deadAfter, "more than a beat, " + beat);
    }
  }
}
