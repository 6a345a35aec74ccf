package io.streamgauge.controller.result;

import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.agent.HostCalibration;
import io.streamgauge.common.engine.EngineReading;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.TokenSeries;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.message.AgentEvent.Early;
import io.streamgauge.common.message.AgentEvent.Finished;
import io.streamgauge.common.message.AgentEvent.LevelEvent;
import io.streamgauge.common.message.AgentEvent.LevelGaps;
import io.streamgauge.common.message.AgentEvent.Prepared;
import io.streamgauge.common.message.AgentEvent.Progress;
import io.streamgauge.common.message.AgentEvent.RecordBatch;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.request.ModelMix;
import io.streamgauge.controller.engine.EngineEvidence;
import io.streamgauge.controller.engine.EngineLog;
import io.streamgauge.controller.gpu.GpuEvidence;
import io.streamgauge.controller.log.LevelSetting;
import io.streamgauge.controller.log.LogEntry.Begins;
import io.streamgauge.controller.log.LogEntry.PageReader;
import io.streamgauge.controller.log.LogEntry.Participant;
import io.streamgauge.controller.log.LogEntry.Prepares;
import io.streamgauge.controller.log.LostAgent;
import io.streamgauge.controller.log.RunFacts;
import io.streamgauge.controller.result.capacity.Proof;
import io.streamgauge.controller.result.capacity.Trials;
import io.streamgauge.controller.result.finding.Finding;
import io.streamgauge.controller.result.finding.Findings;
import io.streamgauge.controller.result.tally.LevelTally;
import io.streamgauge.controller.result.tally.RequestLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the log tells of one level, added up. */
final class LevelFold {
  private final RunFacts facts;
  private final Prepares prepared;
  private final LevelTally tally;
  private final Optional<Trials> trials;
  private final Map<String, LevelTally> models = new LinkedHashMap<>();
  private final Map<String, Participant> working = new TreeMap<>();
  private final Map<String, ClientStats> clients = new HashMap<>();
  private final Map<String, HostCalibration> calibrations = new HashMap<>();
  private final Map<String, AgentStart> starts = new HashMap<>();
  private final Map<String, Early> early = new HashMap<>();
  private final Map<String, Instant> heard = new HashMap<>();
  private final List<LostAgent> lost = new ArrayList<>();

  /** Requests by agent: handed over, claimed, and handed over when it was counted as lost. */
  private final Map<String, Long> delivered = new HashMap<>();

  private final Map<String, Long> claimed = new HashMap<>();
  private final Map<String, Long> inTime = new HashMap<>();

  /** Added up when they are wanted: the agents of a large fleet tell theirs all at once. */
  private final List<LevelGaps> gaps = new ArrayList<>();

  private TokenSeries tokens = TokenSeries.ZERO;
  private Optional<Begins> begun = Optional.empty();
  private Optional<Instant> decided = Optional.empty();
  private Instant over = Instant.EPOCH;
  private Optional<EngineReading> before = Optional.empty();
  private Optional<String> stopped = Optional.empty();
  private List<GpuEvidence> gpus = List.of();
  private Optional<EngineEvidence> engine = Optional.empty();

  LevelFold(RunFacts facts, Prepares prepared) {
    this.facts = facts;
    this.prepared = prepared;
    this.tally = newTally();
    this.trials =
        facts
            .plan()
            .course()
            .find()
            .map(_ -> new Trials(facts.plan().limits().slo(), level().load()));
    facts
        .backend()
        .mix()
        .ifPresent(mix -> mix.names().forEach(name -> models.put(name, newTally())));
    prepared.lost().forEach(this::lose);
    prepared.participants().forEach(one -> working.put(one.agent(), one));
  }

  private LevelTally newTally() {
    return new LevelTally(
        RequestLimits.of(facts.plan().limits().slo(), level().load()),
        facts.plan().answerOptions().deadlines(),
        facts.promptTokens());
  }

  private Level level() {
    return prepared.level();
  }

  /** With the extent that it had, where that was cut short when enough was known. */
  private Level levelAsRun() {
    return decided
        .map(at -> level().withExtent(level().extent().upTo(Duration.between(named(), at))))
        .orElseGet(this::level);
  }

  void begin(Begins begins, EngineLog pages) {
    begun = Optional.of(begins);
    before = begins.engine().flatMap(PageReader::reading).flatMap(pages::reading);
  }

  boolean begun() {
    return begun.isPresent();
  }

  Instant named() {
    return begun.map(Begins::named).orElse(Instant.EPOCH);
  }

  void take(Instant at, LevelEvent event) {
    heard.put(event.agent(), at);
    switch (event) {
      case Prepared one -> one.calibration().ifPresent(it -> calibrations.put(one.agent(), it));
      case Progress _ -> {}
      case RecordBatch batch -> {
        batch.records().forEach(this::add);
        delivered.merge(batch.agent(), (long) batch.records().size(), Long::sum);
      }
      case Finished finished -> take(finished);
    }
  }

  private void add(RequestRecord request) {
    tally.add(request);
    trials.ifPresent(them -> them.add(request));
    Optional<ModelMix> mix = facts.backend().mix();
    if (mix.isPresent()) {
      long seed = facts.plan().seedOf(level());
      LevelTally own = models.get(mix.get().names().get(mix.get().modelOf(seed, request.index())));
      if (own != null) {
        own.add(request);
      }
    }
  }

  private void take(Finished finished) {
    String agent = finished.agent();
    working.remove(agent);
    clients.put(agent, finished.client());
    finished
        .startedAt()
        .map(at -> Duration.between(named(), at).toNanos() / 1e6)
        .ifPresent(at -> starts.put(agent, new AgentStart(at, finished.clock())));
    finished.early().ifPresent(end -> early.put(agent, end));
    gaps.add(finished.gaps());
    tokens = tokens.plus(finished.tokens());
  }

  void lose(LostAgent agent) {
    working.remove(agent.agent());
    lost.add(agent);
    inTime.put(agent.agent(), delivered.getOrDefault(agent.agent(), 0L));
  }

  /** What an agent says that it has measured, handed over or not. */
  void claim(String agent, long requests) {
    claimed.merge(agent, requests, Math::max);
  }

  void decide(Instant at) {
    decided = Optional.of(at);
  }

  Proof provedSoFar() {
    return trials.map(Trials::soFar).orElse(Proof.UNDECIDED);
  }

  void end(
      Instant at,
      Optional<String> why,
      Optional<EngineReading> after,
      EngineLog pages,
      List<GpuEvidence> evidence) {
    over = at;
    stopped = why;
    gpus = evidence;
    engine =
        begun
            .flatMap(Begins::engine)
            .map(reader -> new EngineEvidence(reader.agent(), before, after, pages.since(named())));
  }

  /** The log ends within the level: whoever still worked on it has its last word behind it. */
  void abandon(String reason) {
    for (Participant one : List.copyOf(working.values())) {
      Instant last = heard.getOrDefault(one.agent(), named());
      double since = Math.max(0, Duration.between(named(), last).toNanos() / 1e9);
      lose(new LostAgent(one.agent(), reason, since, one.loadShare()));
    }
  }

  /** What it shows while it is under way. */
  List<Finding> findingsSoFar(List<GpuEvidence> sampled) {
    return Findings.soFar(evidence(LevelGaps.EMPTY, TokenSeries.ZERO, sampled));
  }

  LevelResult result() {
    return LevelResult.of(
        evidence(gaps(), tokens(), gpus),
        facts.plan().limits().slo(),
        trials.map(them -> them.attainment(Duration.between(named(), over).toNanos() / 1e9)));
  }

  private LevelEvidence evidence(LevelGaps pooled, TokenSeries arrived, List<GpuEvidence> sampled) {
    return new LevelEvidence(
        levelAsRun(),
        facts.plan().requestOf(facts.backend()),
        tally,
        models,
        clients,
        clients.values().stream().reduce(ClientStats.ZERO, ClientStats::plus),
        calibrations,
        pooled,
        arrived,
        begun.map(Begins::setting).orElse(LevelSetting.UNKNOWN),
        new Attendance(starts, lost.stream().map(this::inTheEnd).map(this::asItWas).toList()),
        prepared.workload(),
        stopped,
        facts.plan().limits().maxClientError(),
        facts.ownEngine(),
        sampled,
        engine);
  }

  private LevelGaps gaps() {
    return new LevelGaps(
        Distribution.sum(gaps.stream().map(LevelGaps::itl).toList()),
        Distribution.sum(gaps.stream().map(LevelGaps::icl).toList()));
  }

  /** The tokens by time, those of agents that never told theirs by their records. */
  private TokenSeries tokens() {
    Set<String> silent = new HashSet<>(delivered.keySet());
    silent.removeAll(clients.keySet());
    return silent.isEmpty() ? tokens : tokens.plus(tally.tokensOf(silent::contains));
  }

  /** With what became of its measurements. */
  private LostAgent inTheEnd(LostAgent agent) {
    long had = delivered.getOrDefault(agent.agent(), 0L);
    long late = had - inTime.getOrDefault(agent.agent(), 0L);
    boolean whole = clients.containsKey(agent.agent());
    long never = whole ? 0 : Math.max(0, claimed.getOrDefault(agent.agent(), 0L) - had);
    return agent.inTheEnd(late, never, whole);
  }

  /** What an agent tells of its end, late as it may come, is nearer than what could be heard. */
  private LostAgent asItWas(LostAgent agent) {
    Early end = early.get(agent.agent());
    return end == null ? agent : agent.since(end.after());
  }
}
