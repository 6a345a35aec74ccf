package io.streamgauge.agent.engine;

import java.time.Duration;

/**
 * How long an engine is given to end.
 *
 * @param interrupt after SIGINT, before SIGTERM
 * @param terminate after SIGTERM, before SIGKILL
 * @param kill after SIGKILL, before it counts as left behind
 * @param memory for the GPUs' memory to be free again
 */
public record EngineLimits(Duration interrupt, Duration terminate, Duration kill, Duration memory) {
  public static final EngineLimits DEFAULT =
      new EngineLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60));
}
