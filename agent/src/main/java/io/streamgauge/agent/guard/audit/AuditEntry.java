package io.streamgauge.agent.guard.audit;

import io.streamgauge.common.message.AgentCommand;
import java.time.Instant;

/**
 * One command as the audit log keeps it.
 *
 * @param time of this host's clock
 * @param run the run that the command names
 * @param agent this agent
 * @param command its kind, such as {@code Start}
 * @param summary what it asked for, without secrets
 * @param verdict {@code obeyed}, or why not
 */
public record AuditEntry(
    Instant time, String run, String agent, String command, String summary, String verdict) {
  private static final int LONGEST = 1000;

  public AuditEntry {
    run = shortened(run);
    agent = shortened(agent);
    command = shortened(command);
    summary = shortened(summary);
    verdict = shortened(verdict);
  }

  /** Of a command that could be read. */
  public static AuditEntry of(Instant time, String agent, AgentCommand command, String verdict) {
    return new AuditEntry(
        time,
        command.runId(),
        agent,
        command.getClass().getSimpleName(),
        CommandSummary.of(command),
        verdict);
  }

  /** Senders choose these texts, and the log has a bound. */
  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
