package io.streamgauge.controller.result;

import java.util.Optional;

/**
 * What is known of the place where a level ran.
 *
 * @param sharedHost the target's host, where it is that of a load agent, too
 * @param backends how many the run measures, one after the other
 * @param engineCap the most requests that the engine serves at once, where that is known
 */
public record LevelSetting(Optional<String> sharedHost, int backends, Optional<Integer> engineCap) {
  public static final LevelSetting UNKNOWN =
      new LevelSetting(Optional.empty(), 1, Optional.empty());
}
