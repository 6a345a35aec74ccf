package io.streamgauge.common.message;

import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.agent.HostCalibration;
import io.streamgauge.common.agent.TargetProbe;
import io.streamgauge.common.clock.ClockReading;
import io.streamgauge.common.engine.EngineInfo;
import io.streamgauge.common.engine.EngineReading;
import io.streamgauge.common.engine.EngineSample;
import io.streamgauge.common.gpu.GpuHost;
import io.streamgauge.common.gpu.GpuReadings;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.TokenSeries;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.trust.Bytes;
import java.time.Duration;
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
   * Ready to start the level; {@code attempt} is that of the order, {@code calibration} tells what
   * the host can take, where known.
   */
  record Prepared(
      String runId,
      String agent,
      String level,
      int attempt,
      TargetProbe probe,
      Optional<HostCalibration> calibration)
      implements LevelEvent {}

  /**
   * One a second while a level runs, and the heartbeat: totals since the level's start.
   *
   * @param arrived output tokens, also of requests in flight, of which each chunk counts as one
   */
  record Progress(
      String runId,
      String agent,
      String level,
      Counts counts,
      long inFlight,
      long arrived,
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
   * those that arrived, by time; {@code startedAt} is when its load began, if it did, by the
   * controller's clock as the agent knows it ({@code clock}); {@code early} tells of the end that
   * the agent made before its share was done, if it did.
   */
  record Finished(
      String runId,
      String agent,
      String level,
      ClientStats client,
      LevelGaps gaps,
      TokenSeries tokens,
      Optional<Instant> startedAt,
      ClockReading clock,
      Optional<Early> early)
      implements LevelEvent {}

  /** Why an agent ended its load, and how long after the instant at which it was to begin. */
  record Early(String reason, Duration after) {
    public Early {
      if (after.isNegative()) {
        throw new IllegalArgumentException(
            "after: " + after + " is not valid, expected none below 0");
      }
    }
  }

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
   * The answer to the order to count with that number: as many counts as texts, and how they were
   * got; or why there are none. Not repeated.
   */
  record TokensCounted(
      String runId,
      String agent,
      long number,
      List<Integer> counts,
      String way,
      Optional<String> problem)
      implements AgentEvent {
    public TokensCounted {
      counts = List.copyOf(counts);
    }
  }

  /** What is told of a run's engine. */
  sealed interface EngineEvent extends AgentEvent {}

  /**
   * The engine is on its way: what it is waited for, the last line of its log, and how long it has
   * been started. Not repeated.
   */
  record EngineProgress(String runId, String agent, String waiting, String line, Duration elapsed)
      implements EngineEvent {}

  /** The engine serves at {@code url}. */
  record EngineReady(String runId, String agent, String url, EngineInfo engine)
      implements EngineEvent {}

  /** The engine did not come to serve, and nothing of it is left. */
  record EngineFailed(String runId, String agent, String reason, List<String> logTail)
      implements EngineEvent {
    public EngineFailed {
      logTail = List.copyOf(logTail);
    }
  }

  /** The engine ended by itself after it had served. */
  record EngineDied(String runId, String agent, String reason, List<String> logTail)
      implements EngineEvent {
    public EngineDied {
      logTail = List.copyOf(logTail);
    }
  }

  /**
   * A piece of the log of an engine that is over, before that is told; a piece that comes again
   * carries the same number, which grows by one from 0.
   */
  record EngineLog(String runId, String agent, long number, Bytes piece) implements EngineEvent {}

  /** The engine was stopped; {@code trouble} is what is left of it all the same. */
  record EngineStopped(String runId, String agent, Optional<String> trouble)
      implements EngineEvent {}

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

  /** What an agent reads on the target's metrics page. */
  sealed interface MetricsEvent extends AgentEvent {}

  /**
   * What was read since the batch before; one that comes again carries the same number, which grows
   * by one from 0. Times count in ns from {@code origin}, by the controller's clock as the agent
   * knows it ({@code clock}). {@code dropped} samples could not be handed over in time.
   */
  record EngineBatch(
      String runId,
      String agent,
      long number,
      Instant origin,
      ClockReading clock,
      List<EngineSample> samples,
      long dropped)
      implements MetricsEvent {
    public EngineBatch {
      samples = List.copyOf(samples);
    }
  }

  /**
   * The answer to the order to read with that number; its time counts in ns from {@code origin}.
   */
  record EngineRead(
      String runId,
      String agent,
      long number,
      Instant origin,
      ClockReading clock,
      EngineReading reading)
      implements MetricsEvent {}
}
