package io.streamgauge.common.plan;

/**
 * What agents note of each answer beyond its times and counts.
 *
 * @param deadlines of the fluidity index
 * @param keepText whether the texts of the answers are kept
 */
public record Observation(Deadlines deadlines, boolean keepText) {
  /** Where nothing is asked for. */
  public static final Observation DEFAULT = new Observation(Deadlines.DEFAULT, false);
}
