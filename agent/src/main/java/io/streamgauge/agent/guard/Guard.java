package io.streamgauge.agent.guard;

import io.streamgauge.agent.guard.audit.AuditEntry;
import io.streamgauge.agent.guard.audit.AuditLog;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentCommand.CountTokens;
import io.streamgauge.common.message.AgentCommand.Prepare;
import io.streamgauge.common.message.AgentCommand.WatchEngine;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.plan.request.Target;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this host's owner permits, whatever a controller asks: targets, load, and a log of it all.
 *
 * @param targets empty where the owner and the user are one
 * @param keys the environment variables whose values plans may have sent to a target as a key;
 *     empty for any
 * @param audit empty where nothing comes over a network
 */
public record Guard(
    Optional<AllowedTargets> targets,
    Optional<Set<String>> keys,
    LoadCaps caps,
    Optional<AuditLog> audit) {
  private static final Logger log = LoggerFactory.getLogger(Guard.class);

  /** Permits everything and notes nothing: for agents of the user's own process. */
  public static final Guard NONE =
      new Guard(Optional.empty(), Optional.empty(), LoadCaps.NONE, Optional.empty());

  /** Why a level is not permitted; empty when it is. Looks its target's name up: blocks. */
  public Optional<String> refusal(Prepare order) {
    return excess(order).or(() -> refusal(order.target()));
  }

  /** Why prompts may not be counted by that target; empty when they may. Blocks likewise. */
  public Optional<String> refusal(CountTokens order) {
    return refusal(order.target());
  }

  /**
   * Why a server's metrics may not be read; empty when they may. Looks names up: blocks.
   *
   * @param ours whether this host has started the server, which then may be asked
   */
  public Optional<String> refusal(WatchEngine order, boolean ours) {
    Target target = order.target();
    return (ours ? Optional.<String>empty() : refusal(target))
        .or(() -> target.options().engineMetrics().flatMap(this::elsewhere));
  }

  /** A metrics page on another server is a target of its own. */
  private Optional<String> elsewhere(String url) {
    return refusal(new Target(url, Optional.empty(), Optional.empty(), Map.of()));
  }

  private Optional<String> excess(Prepare order) {
    return Optional.of(
            caps.judge(order).stream().map(Excess::message).collect(Collectors.joining("; ")))
        .filter(text -> !text.isEmpty());
  }

  private Optional<String> refusal(Target target) {
    return secret(target).or(() -> place(target));
  }

  /** Else a plan could have any secret of this host sent to a server of its choice. */
  private Optional<String> secret(Target target) {
    return target
        .apiKeyEnv()
        .filter(name -> keys.isPresent() && !keys.get().contains(name))
        .map(
            name ->
                "api_key_env: %s is not permitted by this agent; start it with --allow-key %s"
                    .formatted(name, name));
  }

  private Optional<String> place(Target target) {
    return targets.flatMap(
        allowed ->
            switch (allowed.judge(target)) {
              case TargetVerdict.Allowed _ -> Optional.empty();
              case TargetVerdict.Refused(String reason) -> Optional.of("target: " + reason);
            });
  }

  /** Notes a command and what became of it. */
  public void note(String agent, AgentCommand command, AgentReply reply) {
    String verdict =
        switch (reply) {
          case AgentReply.Accepted _ -> "obeyed";
          case AgentReply.Refused(String reason) -> reason;
          case AgentReply.NeedsPrompts _ -> "put off: the prompts are not here";
        };
    note(AuditEntry.of(Instant.now(), agent, command, verdict));
  }

  /** Notes an order that was not even read. */
  public void noteUnread(String agent, String runId, String verdict) {
    note(new AuditEntry(Instant.now(), runId, agent, "unread", "", verdict));
  }

  private void note(AuditEntry entry) {
    audit.ifPresent(
        file -> {
          var _ =
              file.append(entry)
                  .whenComplete(
                      (_, error) -> {
                        if (error != null) {
                          log.error("a command is missing in the audit log", error);
                        }
                      });
        });
  }
}
