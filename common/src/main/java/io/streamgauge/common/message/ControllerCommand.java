package io.streamgauge.common.message;

import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.plan.Plan;

/** What a user's command asks of the controller in the same process. */
public sealed interface ControllerCommand extends Message {
  /** Run the plan; its events are published from then on. */
  record Submit(String runId, Plan plan) implements ControllerCommand {}

  /** Stop the run's load and end it, under {@code status}, with what it has. */
  record Cancel(String runId, RunStatus status) implements ControllerCommand {}
}
