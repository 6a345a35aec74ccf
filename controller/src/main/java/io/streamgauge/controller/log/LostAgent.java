package io.streamgauge.controller.log;

import io.streamgauge.controller.stats.Shares;
import java.time.Duration;
import java.util.Locale;

/**
 * An agent that was lost in a level.
 *
 * @param reason how it was noticed
 * @param sinceS when its load ended, where it told, else when it was last known to work, in s from
 *     the level's start; 0 when it was lost before
 * @param loadShare its lanes over all lanes of the level: load that nobody else took over; 0 when
 *     the level was split anew without it before it began
 * @param deliveredLate requests that it handed over after it was counted as lost
 * @param undelivered requests that it had told of and never handed over; what it measured after its
 *     last word comes on top
 * @param complete whether it has handed over all that it measured
 */
public record LostAgent(
    String agent,
    String reason,
    double sinceS,
    double loadShare,
    long deliveredLate,
    long undelivered,
    boolean complete) {
  /** As it is when it is counted as lost. */
  public LostAgent(String agent, String reason, double sinceS, double loadShare) {
    this(agent, reason, sinceS, loadShare, 0, 0, false);
  }

  /** With what became of its measurements. */
  public LostAgent inTheEnd(long late, long never, boolean whole) {
    return new LostAgent(agent, reason, sinceS, loadShare, late, never, whole || beforeTheStart());
  }

  /** The same, lost so long after the level's start. */
  public LostAgent since(Duration start) {
    return new LostAgent(
        agent,
        reason,
        beforeTheStart() ? 0 : start.toNanos() / 1e9,
        loadShare,
        deliveredLate,
        undelivered,
        complete);
  }

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
