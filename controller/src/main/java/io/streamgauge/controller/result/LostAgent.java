package io.streamgauge.controller.result;

import java.util.Locale;

/**
 * An agent that was lost in a level.
 *
 * @param reason how it was noticed
 * @param sinceS when it was last known to work, in s from the level's start; 0 when it was lost
 *     before
 * @param loadShare its lanes over all lanes of the level: load that nobody else took over; 0 when
 *     the level was split anew without it before it began
 */
public record LostAgent(String agent, String reason, double sinceS, double loadShare) {
  public boolean beforeTheStart() {
    return loadShare == 0;
  }

  /** What was lost with it, in words. */
  public String loss() {
    return "%s with %s of the load since %s s (%s)"
        .formatted(
            agent, Shares.percent(loadShare), String.format(Locale.ROOT, "%.1f", sinceS), reason);
  }
}
