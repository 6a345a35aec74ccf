package io.streamgauge.agent.level;

import io.streamgauge.agent.link.Heartbeat;
import java.time.Duration;
import java.time.Instant;

/**
 * When a level began.
 *
 * @param named the instant that the controller named
 * @param at the same on this machine's monotonic clock, in ns
 * @param controller the one that named it
 */
record LevelStart(Instant named, long at, String controller) {
  /**
   * Maps the instant to this machine's clock.
   *
   * @throws IllegalStateException when the controller's clock is not known
   */
  static LevelStart of(Instant named, Heartbeat heartbeat) {
    return new LevelStart(
        named, heartbeat.clock().monotonic(named, System.nanoTime()), heartbeat.controller());
  }

  Duration ago() {
    return Duration.ofNanos(Math.max(0, System.nanoTime() - at));
  }

  /**
   * A monotonic time by the clock of the controller that named the start; one that took over has
   * another.
   */
  Instant told(long monotonic, Heartbeat heartbeat) {
    return controller.equals(heartbeat.controller())
        ? heartbeat.clock().remote(monotonic, System.nanoTime())
        : named.plusNanos(monotonic - at);
  }
}
