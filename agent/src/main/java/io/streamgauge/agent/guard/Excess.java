package io.streamgauge.agent.guard;

/**
 * A part of a plan that is more than this agent's owner permits.
 *
 * @param field as in the plan
 * @param value this agent's part of it
 * @param cap what is permitted
 * @param option of the agent, which sets the cap
 */
public record Excess(String field, String value, String cap, String option) {
  /** For the log and for the asker. */
  public String message() {
    return "%s: %s for this agent, whose owner permits at most %s (%s)"
        .formatted(field, value, cap, option);
  }
}
