package io.streamgauge.common.plan;

import io.streamgauge.common.plan.slo.Deadlines;

/**
 * What agents note of each answer beyond its times and counts.
 *
 * @param deadlines of the fluidity index
 * @param keepText whether the texts of the answers are kept
 */
public record AnswerOptions(Deadlines deadlines, boolean keepText) {
  /** Where nothing is asked for. */
  public static final AnswerOptions DEFAULT = new AnswerOptions(Deadlines.DEFAULT, false);
}
