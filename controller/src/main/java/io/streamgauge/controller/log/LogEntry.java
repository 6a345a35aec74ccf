package io.streamgauge.controller.log;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.streamgauge.common.HostPort;
import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.plan.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What happened in a run of one backend, in order. Times are the controller's. Nothing is in it of
 * a warm-up but what GPUs and the engine did meanwhile.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface LogEntry {
  /** The first entry: the run has begun. {@code schema} is the form of all that follow. */
  record Opened(String schema, RunFacts facts) implements LogEntry {
    public static Opened of(RunFacts facts) {
      return new Opened(RunLog.SCHEMA, facts);
    }
  }

  /** A load agent is there; the last word on each id counts. */
  record Joined(AgentInfo agent) implements LogEntry {}

  /**
   * GPUs are sampled, and were without load from {@code idleFrom} on.
   *
   * @param agents that sample them, by id
   * @param assumed whether nothing but their owner's word says that the target is there
   * @param engineFollows whether the tool starts an engine there, to which others are strangers
   */
  record Sampled(Set<String> agents, boolean assumed, Instant idleFrom, boolean engineFollows)
      implements LogEntry {
    public Sampled {
      agents = Set.copyOf(agents);
    }
  }

  /**
   * A level is prepared by its participants; {@code lost} are those that were lost meanwhile. One
   * that is prepared anew begins from nothing.
   *
   * @param workload the hash of what is to be sent
   */
  record Prepares(
      Level level, String workload, List<Participant> participants, List<LostAgent> lost)
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
  record Participant(String agent, String instance, Optional<HostPort> place, double loadShare) {}

  /**
   * The agents were told to start at {@code named} and to ask for {@code model}.
   *
   * @param engine who reads the target's metrics page, and the number of the reading before the
   *     level, where one came
   */
  record Begins(
      String level, Instant named, String model, LevelSetting setting, Optional<PageReader> engine)
      implements LogEntry {}

  /** The agent that reads a metrics page, and the number of a reading, where it came in time. */
  record PageReader(String agent, Optional<Long> reading) {}

  /** An agent told this; what it tells again is not here again. */
  record Told(Instant at, AgentEvent event) implements LogEntry {}

  /** An agent was counted as lost. */
  record Lost(String level, LostAgent agent) implements LogEntry {}

  /** How many requests a lost agent says that it has measured, handed over or not. */
  record Claimed(String level, String agent, long requests) implements LogEntry {}

  /** Enough is known of the level: its agents were told to start no more from here on. */
  record Decided(String level, Instant at) implements LogEntry {}

  /**
   * The level is over; {@code stopped} is why before its work was done, {@code reading} the number
   * of the metrics page's reading after it, where one came.
   */
  record Ends(String level, Instant at, Optional<String> stopped, Optional<Long> reading)
      implements LogEntry {}

  /**
   * The run is over. {@code status} is set where the levels do not decide it: it failed, or
   * somebody ended it.
   */
  record Ended(Instant at, Optional<RunStatus> status, Optional<String> failure)
      implements LogEntry {}
}
