package io.streamgauge.common.message;

import io.streamgauge.common.measure.Certificate;
import io.streamgauge.common.measure.ClientStats;
import io.streamgauge.common.measure.ClockReading;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Distribution;
import io.streamgauge.common.measure.GpuHost;
import io.streamgauge.common.measure.GpuReadings;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.measure.TargetProbe;
import io.streamgauge.common.measure.TokenSeries;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an agent reports about a run. */
public sealed interface AgentEvent extends Message {
  String runId();

  String agent();

  /** What belongs to one level of the run. */
  sealed interface LevelEvent extends AgentEvent {
    String level();
  }

  /**
   * Ready to start the level; {@code attempt} is that of the order, {@code certificate} tells what
   * the host can take, where known.
   */
  record Prepared(
      String runId,
      String agent,
      String level,
      int attempt,
      TargetProbe probe,
      Optional<Certificate> certificate)
      implements LevelEvent {}

  /** One a second while a level runs, and the heartbeat: totals since the level's start. */
  record Progress(
      String runId,
      String agent,
      String level,
      Counts counts,
      long inFlight,
      Distribution ttft,
      Distribution itl)
      implements LevelEvent {}

  /**
   * Finished requests; a batch that comes again carries the same number, which grows by one from 0.
   */
  record RecordBatch(
      String runId, String agent, String level, long number, List<RequestRecord> records)
      implements LevelEvent {
    public RecordBatch {
      records = List.copyOf(records);
    }
  }

  /**
   * The agent's part of the level is over and all its records are delivered; {@code tokens} are
   * those that arrived, by time; {@code startedAt} is when its load began, by the controller's
   * clock as the agent knows it ({@code clock}); {@code early} is why the agent ended it before its
   * share was done, if it did.
   */
  record Finished(
      String runId,
      String agent,
      String level,
      ClientStats client,
      LevelGaps gaps,
      TokenSeries tokens,
      Instant startedAt,
      ClockReading clock,
      Optional<String> early)
      implements LevelEvent {}

  /** Pooled gaps of the whole level, which no record carries. */
  record LevelGaps(Distribution itl, Distribution icl) {
    public static final LevelGaps EMPTY = new LevelGaps(Distribution.ZERO, Distribution.ZERO);

    public LevelGaps plus(LevelGaps other) {
      return new LevelGaps(itl.plus(other.itl), icl.plus(other.icl));
    }
  }

  /** The agent cannot go on with the run. */
  record Failed(String runId, String agent, String reason) implements AgentEvent {}

  /**
   * The engine serves at {@code url}, no more than {@code maxRunning} requests at once, where that
   * is known.
   */
  record EngineReady(
      String runId, String agent, String url, String description, Optional<Integer> maxRunning)
      implements AgentEvent {}

  /** The engine is gone. */
  record EngineStopped(String runId, String agent) implements AgentEvent {}

  /** What an agent tells of its host's GPUs. */
  sealed interface GpuEvent extends AgentEvent {}

  /** The GPUs of the agent's host are being sampled. */
  record GpusWatched(String runId, String agent, GpuHost host) implements GpuEvent {}

  /**
   * What was sampled since the batch before; one that comes again carries the same number, which
   * grows by one from 0. Times count in ns from {@code origin}, by the controller's clock as the
   * agent knows it ({@code clock}).
   */
  record GpuBatch(
      String runId,
      String agent,
      long number,
      Instant origin,
      ClockReading clock,
      GpuReadings readings)
      implements GpuEvent {}
}
