package io.streamgauge.common.plan;

/**
 * What agents note of each answer beyond its times and counts.
 *
 * @param deadlines of the fluidity index
 */
public record Observation(Deadlines deadlines) {
  /** Where nothing is asked for. */
  public static final Observation DEFAULT = new Observation(Deadlines.DEFAULT);
}
