package io.streamgauge.controller;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.agent.TargetProbe;
import io.streamgauge.common.clock.ClockReading;
import io.streamgauge.common.engine.EngineInfo;
import io.streamgauge.common.engine.EngineQuantity;
import io.streamgauge.common.engine.EngineReading;
import io.streamgauge.common.engine.EngineSample;
import io.streamgauge.common.gpu.GpuHost;
import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.gpu.GpuReadings;
import io.streamgauge.common.gpu.GpuSample;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.TokenSeries;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentEvent.Early;
import io.streamgauge.common.message.AgentEvent.Finished;
import io.streamgauge.common.message.AgentEvent.LevelGaps;
import io.streamgauge.common.message.AgentEvent.Progress;
import io.streamgauge.common.message.AgentEvent.RecordBatch;
import io.streamgauge.common.plan.Level;
import io.streamgauge.controller.log.LevelSetting;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.LogEntry.Participant;
import io.streamgauge.controller.log.LostAgent;
import io.streamgauge.controller.log.RunFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Entries of a made-up run of one level by the agents {@code a} and {@code b}. */
public final class SampleLog {
  public static final Instant NAMED = Instant.parse("2026-02-01T14:30:00Z");
  public static final Level LEVEL = SampleLevel.closedLevel(2, 10);

  public static LogEntry opened() {
    return LogEntry.Opened.of(
        new RunFacts(
            "run",
            SampleResult.PLAN,
            SampleResult.PLAN.backends().getFirst(),
            "http://127.0.0.1:8000",
            Map.of("p1", 8),
            NAMED.minusSeconds(3),
            "Europe/Berlin",
            RunFacts.Tool.here(false),
            Optional.empty()));
  }

  public static LogEntry prepares(LostAgent... lost) {
    return new LogEntry.Prepares(
        LEVEL,
        SampleLevel.WORKLOAD,
        List.of(participant("a"), participant("b")),
        Arrays.asList(lost));
  }

  private static Participant participant(String agent) {
    return new Participant(agent, "1-2", Optional.of(new HostPort("127.0.0.1", 9)), 0.5);
  }

  public static LogEntry begins() {
    return new LogEntry.Begins(
        LEVEL.name(), NAMED, "llama", LevelSetting.UNKNOWN, Optional.empty());
  }

  /** Told so many seconds after the level's start. */
  public static LogEntry told(long seconds, AgentEvent event) {
    return new LogEntry.Told(NAMED.plusSeconds(seconds), event);
  }

  public static RecordBatch batch(String agent, long number, RequestRecord... records) {
    return new RecordBatch("run", agent, LEVEL.name(), number, List.of(records));
  }

  public static Progress progress(String agent, RequestRecord... measured) {
    Counts counts = Arrays.stream(measured).map(Counts::of).reduce(Counts.ZERO, Counts::plus);
    return new Progress(
        "run", agent, LEVEL.name(), counts, 0, 0, Distribution.ZERO, Distribution.ZERO);
  }

  public static Finished finished(String agent) {
    return finished(agent, ClientStats.ZERO, Optional.of(NAMED), Optional.empty());
  }

  public static Finished finished(
      String agent, ClientStats client, Optional<Instant> startedAt, Optional<Early> early) {
    return new Finished(
        "run",
        agent,
        LEVEL.name(),
        client,
        LevelGaps.EMPTY,
        TokenSeries.ZERO,
        startedAt,
        ClockReading.SAME,
        early);
  }

  public static LogEntry lost(String agent, double sinceSeconds) {
    return new LogEntry.Lost(
        LEVEL.name(), new LostAgent(agent, "silent for 3 s", sinceSeconds, 0.5));
  }

  public static LogEntry ends(long seconds) {
    return new LogEntry.Ends(
        LEVEL.name(), NAMED.plusSeconds(seconds), Optional.empty(), Optional.empty());
  }

  public static LogEntry ended(long seconds) {
    return new LogEntry.Ended(NAMED.plusSeconds(seconds), Optional.empty(), Optional.empty());
  }

  /** One of each kind, in an order that can be. */
  public static List<LogEntry> ofEachKind() {
    EngineSample page = new EngineSample(5, Map.of(EngineQuantity.RUNNING, 2.0));
    return List.of(
        opened(),
        new LogEntry.Joined(SampleResult.agent("a", 2)),
        told(
            -2,
            new AgentEvent.GpusWatched(
                "run",
                "a",
                new GpuHost(
                    "570.86.10",
                    "12.8",
                    Duration.ofMillis(100),
                    List.of(SampleGpu.steady(0).evidence().board())))),
        new LogEntry.Sampled(Set.of("a"), true, NAMED.minusSeconds(2), true),
        told(
            -1,
            new AgentEvent.EngineReady(
                "run",
                "a",
                "http://127.0.0.1:9",
                new EngineInfo(
                    "vllm",
                    "a",
                    Optional.of("0.9"),
                    Optional.empty(),
                    List.of("vllm", "serve"),
                    Optional.of(8),
                    1.5,
                    Map.of("load", 1.0)))),
        prepares(new LostAgent("c", "it said farewell", 0, 0)),
        told(
            0,
            new AgentEvent.Prepared(
                "run", "a", LEVEL.name(), 0, TargetProbe.of(List.of("llama")), Optional.empty())),
        told(
            0,
            new AgentEvent.EngineRead(
                "run",
                "a",
                0,
                NAMED,
                ClockReading.SAME,
                new EngineReading(Optional.of(page), Optional.empty(), Optional.empty()))),
        new LogEntry.Begins(
            LEVEL.name(),
            NAMED,
            "llama",
            new LevelSetting(Optional.of("host"), 2, Optional.of(8)),
            Optional.of(new LogEntry.PageReader("a", Optional.of(0L)))),
        told(1, batch("a", 0, SampleRequest.number(0).text("a\n\u2028", "", 1).build())),
        told(
            1,
            new AgentEvent.GpuBatch(
                "run",
                "a",
                0,
                NAMED,
                ClockReading.SAME,
                new GpuReadings(
                    List.of(new GpuSample(0, 7, Map.of(GpuQuantity.POWER, 300_000L))),
                    List.of(),
                    List.of(),
                    0))),
        told(
            1,
            new AgentEvent.EngineBatch("run", "a", 0, NAMED, ClockReading.SAME, List.of(page), 0)),
        told(2, finished("a")),
        lost("b", 2.5),
        new LogEntry.Claimed(LEVEL.name(), "b", 3),
        new LogEntry.Decided(LEVEL.name(), NAMED.plusSeconds(3)),
        ends(4),
        new LogEntry.Ended(
            NAMED.plusSeconds(5), Optional.of(RunStatus.FAILED), Optional.of("the end")));
  }

  private SampleLog() {}
}
