package io.streamgauge.controller;

import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.agent.HostCalibration;
import io.streamgauge.common.agent.ProcessStats;
import io.streamgauge.common.agent.StampSource;
import io.streamgauge.common.agent.StampStats;
import io.streamgauge.common.clock.ClockReading;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.TokenSeriesRecorder;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.message.AgentEvent.LevelGaps;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.request.BodyFields;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.slo.Deadlines;
import io.streamgauge.common.plan.slo.ErrorLimit;
import io.streamgauge.common.plan.slo.Slo;
import io.streamgauge.common.plan.slo.Slos;
import io.streamgauge.controller.engine.EngineEvidence;
import io.streamgauge.controller.gpu.GpuEvidence;
import io.streamgauge.controller.log.LevelSetting;
import io.streamgauge.controller.log.LostAgent;
import io.streamgauge.controller.result.AgentStart;
import io.streamgauge.controller.result.Attendance;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.capacity.Attainment;
import io.streamgauge.controller.result.tally.LevelTally;
import io.streamgauge.controller.result.tally.PromptLength;
import io.streamgauge.controller.result.tally.RequestLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A made-up level: records, what its clients say and what became of it. */
public final class SampleLevel {
  public static final String WORKLOAD = "sha256:" + "0123456789abcdef".repeat(4);

  private final Level level;
  private final List<RequestRecord> records = new ArrayList<>();
  private final TokenSeriesRecorder tokens = new TokenSeriesRecorder();
  private final Map<String, ClientStats> clients = new TreeMap<>();
  private final Map<String, LevelTally> models = new TreeMap<>();
  private RequestShape shape = RequestShape.DEFAULT;
  private LevelGaps gaps = LevelGaps.EMPTY;
  private LevelSetting setting = LevelSetting.UNKNOWN;
  private Optional<String> stopped = Optional.empty();
  private final Map<String, HostCalibration> certificates = new TreeMap<>();
  private ErrorLimit errorLimit = ErrorLimit.DEFAULT;
  private final Map<String, AgentStart> starts = new TreeMap<>();
  private final List<LostAgent> lost = new ArrayList<>();
  private boolean ownEngine;
  private final List<Prompt> prompts = new ArrayList<>();
  private final List<GpuEvidence> gpus = new ArrayList<>();
  private Optional<EngineEvidence> engine = Optional.empty();

  public static SampleLevel of(Level level) {
    return new SampleLevel(level);
  }

  private SampleLevel(Level level) {
    this.level = level;
  }

  public static SampleLevel closed(int concurrency, long requests) {
    return new SampleLevel(closedLevel(concurrency, requests));
  }

  public static SampleLevel open(double rate, Optional<Integer> cap, long requests) {
    return new SampleLevel(openLevel(rate, cap, requests));
  }

  public static Level closedLevel(int concurrency, long requests) {
    return new Level(
        "c" + concurrency,
        new ClosedLoop(concurrency, Optional.empty()),
        Extent.of(requests),
        false);
  }

  public static Level openLevel(double rate, Optional<Integer> cap, long requests) {
    OpenLoop load = new OpenLoop(rate, new Arrival.Poisson(), cap);
    return new Level(Level.defaultName(load), load, Extent.of(requests), false);
  }

  public SampleLevel add(RequestRecord... records) {
    return add(List.of(records));
  }

  public SampleLevel add(List<RequestRecord> more) {
    records.addAll(more);
    more.stream().filter(r -> r.outcome() == Outcome.OK).forEach(this::spread);
    return this;
  }

  /** The tokens of an answer, evenly from its first to its last. */
  private void spread(RequestRecord answer) {
    long tokensLeft = Math.max(1, answer.outputTokens() - 1);
    for (long i = 0; i < answer.outputTokens(); i++) {
      long span = answer.lastToken() - answer.firstToken();
      tokens.add(answer.firstToken() + span * i / tokensLeft, 1);
    }
  }

  /** Tokens that arrived for requests that were not answered in full. */
  public SampleLevel lostTokens(double atMillis, int count) {
    tokens.add(Math.round(atMillis * 1e6), count);
    return this;
  }

  /** One of several models, with what was asked of it. */
  public SampleLevel model(String name, RequestRecord... asked) {
    LevelTally tally = new LevelTally(RequestLimits.NONE, Deadlines.DEFAULT, Map.of());
    Arrays.stream(asked).forEach(tally::add);
    models.put(name, tally);
    return add(asked);
  }

  public SampleLevel setting(LevelSetting known) {
    setting = known;
    return this;
  }

  public SampleLevel client(String agent, ClientStats stats) {
    clients.put(agent, stats);
    return this;
  }

  /** Pooled gaps in ms. */
  public SampleLevel gaps(double[] itl, double[] icl) {
    gaps = new LevelGaps(millis(itl), millis(icl));
    return this;
  }

  public SampleLevel ignoreEos() {
    shape = new RequestShape(shape.endpoint(), shape.maxTokens(), true, shape.timeout());
    return this;
  }

  /** So many to each request. */
  public SampleLevel answers(int count) {
    shape =
        new RequestShape(
            shape.endpoint(),
            shape.maxTokens(),
            shape.ignoreEos(),
            shape.timeout(),
            Optional.of(BodyFields.parse(List.of("n=" + count))),
            Optional.empty());
    return this;
  }

  public SampleLevel stopped(String why) {
    stopped = Optional.of(why);
    return this;
  }

  /** The lanes of {@code agent} take {@code micros} of processor time for an event. */
  public SampleLevel certificate(String agent, double micros) {
    certificates.put(
        agent,
        new HostCalibration(
            "host",
            "0.1",
            "25",
            StampSource.USER,
            16,
            1_000,
            800,
            micros,
            0.05,
            0.2,
            Instant.EPOCH));
    return this;
  }

  public SampleLevel errorLimit(String text) {
    errorLimit = ErrorLimit.parse(text);
    return this;
  }

  /** The load of {@code agent} began so late, by a clock known to {@code bound}; both in ms. */
  public SampleLevel started(String agent, double atMillis, double boundMillis) {
    starts.put(agent, new AgentStart(atMillis, new ClockReading(0, Math.round(boundMillis * 1e6))));
    return this;
  }

  public SampleLevel lost(String agent, double sinceSeconds, double share) {
    lost.add(new LostAgent(agent, "silent for 3 s", sinceSeconds, share));
    return this;
  }

  public SampleLevel gpu(GpuEvidence gpu) {
    gpus.add(gpu);
    return this;
  }

  /** With what the server told of itself. */
  public SampleLevel engine(EngineEvidence told) {
    engine = Optional.of(told);
    return this;
  }

  /** The dataset asks for so many tokens of the prompt {@code id}. */
  public SampleLevel asksFor(String id, int inputTokens) {
    prompts.add(new Prompt(id, "general", "x", Optional.empty(), Optional.of(inputTokens)));
    return this;
  }

  public SampleLevel ownEngine() {
    ownEngine = true;
    return this;
  }

  public LevelEvidence evidence() {
    return evidence(Slos.NONE);
  }

  private LevelEvidence evidence(Slos slos) {
    LevelTally tally =
        new LevelTally(
            RequestLimits.of(slos, level.load()), Deadlines.DEFAULT, PromptLength.asked(prompts));
    records.forEach(tally::add);
    return new LevelEvidence(
        level,
        shape,
        tally,
        models,
        clients,
        clients.values().stream().reduce(ClientStats.ZERO, ClientStats::plus),
        certificates,
        gaps,
        tokens.snapshot(),
        setting,
        new Attendance(starts, lost),
        WORKLOAD,
        stopped,
        errorLimit,
        ownEngine,
        gpus,
        engine);
  }

  public LevelResult result(String... objectives) {
    return result(Optional.empty(), objectives);
  }

  /** As one of a search for the most load. */
  public LevelResult result(Optional<Attainment> attainment, String... objectives) {
    Slos slos = new Slos(Arrays.stream(objectives).map(Slo::parse).toList());
    return LevelResult.of(evidence(slos), slos, attainment);
  }

  /** A distribution of durations in ms. */
  public static Distribution millis(double... values) {
    return Distribution.of(Arrays.stream(values).mapToLong(v -> Math.round(v * 1e6)).toArray());
  }

  /** {@code count} times the same duration in ms. */
  public static double[] times(int count, double value) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return values;
  }

  /** A client on which nothing weighed: every request was asked for and sent. */
  public static ClientStats calmClient(long requests) {
    return client(millis(times(10, 0.01)), requests, 0, 0, 0);
  }

  public static ClientStats client(
      Distribution loopLag, long requests, long dropped, double capMillis, long resent) {
    return client(loopLag, requests, dropped, capMillis, resent, 0.1, 0);
  }

  /** A client with nothing to hide but what its busiest lane used and what was stolen from it. */
  public static ClientStats busyClient(double busiestLane, double stolen) {
    return client(millis(times(10, 0.01)), 1, 0, 0, 0, busiestLane, stolen);
  }

  /** That client, but for how late its requests were. */
  public static ClientStats scheduled(ClientStats client, Distribution lag) {
    return changed(client, lag, client.stamps(), client.turnaround());
  }

  /** That client, on a host on which something waited for a processor for that share of time. */
  public static ClientStats pressed(ClientStats client, double share) {
    return client.in(
        "host:1", new ProcessStats(millis(2), 0, Optional.of(0.0), Optional.of(share)));
  }

  /** That client, but for how its stamps came about and how long its users thought. */
  public static ClientStats stamped(ClientStats client, StampStats stamps, Distribution thought) {
    return changed(client, client.scheduleLag(), stamps, thought);
  }

  private static ClientStats changed(
      ClientStats client, Distribution scheduleLag, StampStats stamps, Distribution thought) {
    return new ClientStats(
        client.loopLag(),
        scheduleLag,
        client.connect(),
        client.opened(),
        client.reused(),
        client.resent(),
        client.asked(),
        client.sent(),
        client.dropped(),
        client.capNanos(),
        client.lanes(),
        client.laneCpuNanos(),
        client.busiestLane(),
        client.receiveQueueBytes(),
        stamps,
        thought,
        client.processes());
  }

  private static ClientStats client(
      Distribution loopLag,
      long requests,
      long dropped,
      double capMillis,
      long resent,
      double busiestLane,
      double stolen) {
    return new ClientStats(
        loopLag,
        millis(0.3),
        millis(1, 3),
        2,
        Math.max(0, requests - 2),
        resent,
        requests + dropped,
        requests,
        dropped,
        Math.round(capMillis * 1e6),
        2,
        200_000_000,
        busiestLane,
        4_096,
        StampStats.ZERO,
        Distribution.ZERO,
        Map.of(
            "host:1",
            new ProcessStats(millis(2), 500_000_000, Optional.of(stolen), Optional.empty())));
  }
}
