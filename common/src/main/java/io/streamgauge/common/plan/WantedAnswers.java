package io.streamgauge.common.plan;

import io.streamgauge.common.plan.slo.Deadlines;
import java.util.Optional;

/**
 * What a plan wants to know of answers beyond their times and counts.
 *
 * @param fluidity when a reader wants the tokens; without it what the objectives promise
 * @param keepText whether the texts of the answers are kept, in a file of their own
 */
public record WantedAnswers(Optional<Deadlines> fluidity, boolean keepText) {
  public static final WantedAnswers DEFAULT = new WantedAnswers(Optional.empty(), false);
}
