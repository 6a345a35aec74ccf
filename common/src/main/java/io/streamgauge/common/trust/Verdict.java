package io.streamgauge.common.trust;

/** What an agent thinks of a signed command. Only a genuine one may be obeyed. */
public sealed interface Verdict {
  /**
   * Signed by the controller for this agent, in time and for the first time.
   *
   * @param runId the run that was signed: the body must name the same
   * @param body the command as JSON
   */
  record Genuine(String runId, Bytes body) implements Verdict {}

  /** Not to be obeyed; {@code reason} is for the log and for the asker. */
  sealed interface Refused extends Verdict {
    String reason();
  }

  /** Not signed with the controller's key, or changed since. */
  record Forged(String reason) implements Refused {}

  /** For another agent. */
  record Foreign(String reason) implements Refused {}

  /** Out of its time by the agent's clock. */
  record Expired(String reason) implements Refused {}

  /** Seen before, or no longer to be told from one that was. */
  record Replayed(String reason) implements Refused {}
}
