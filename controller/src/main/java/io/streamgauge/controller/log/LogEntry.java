package io.streamgauge.controller.log;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.streamgauge.common.HostPort;
import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.message.AgentEvent.LevelEvent;
import io.streamgauge.common.plan.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened in a run of one backend, in order. Read back, the entries give the sums that the
 * run had when the last one was written; times are the controller's.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface LogEntry {
  /** The run has begun. */
  record Opened(RunFacts facts) implements LogEntry {}

  /** A level is prepared by its participants; {@code lost} are those that were lost meanwhile. */
  record Prepares(
      Level level,
      String workload,
      LevelSetting setting,
      List<Participant> participants,
      List<LostAgent> lost)
      implements LogEntry {
    public Prepares {
      participants = List.copyOf(participants);
      lost = List.copyOf(lost);
    }
  }

  /**
   * An agent of a level.
   *
   * @param instance of its process
   * @param place where that takes part in the cluster, if it is one of its own
   * @param loadShare its lanes over all lanes of the level
   */
  record Participant(
      AgentInfo agent, String instance, Optional<HostPort> place, double loadShare) {}

  /** The agents were told to start at {@code named} and to ask for {@code model}. */
  record Begins(Instant named, String model) implements LogEntry {}

  /** An agent told this. */
  record Told(Instant at, LevelEvent event) implements LogEntry {}

  /** An agent was counted as lost. */
  record Lost(LostAgent agent) implements LogEntry {}

  /** The level is over, before its work was done if there is a reason. */
  record Ends(Optional<String> stopped) implements LogEntry {}
}
