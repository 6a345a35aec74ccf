package io.streamgauge.controller.result;

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
  boolean beforeTheStart() {
    return loadShare == 0;
  }
}
