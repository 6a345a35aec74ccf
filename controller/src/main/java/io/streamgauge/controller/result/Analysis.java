package io.streamgauge.controller.result;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.agent.TargetProbe;
import io.streamgauge.common.gpu.GpuHost;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentEvent.EngineReady;
import io.streamgauge.common.plan.request.TargetUrl;
import io.streamgauge.controller.engine.EngineLog;
import io.streamgauge.controller.gpu.GpuEvidence;
import io.streamgauge.controller.gpu.GpuLog;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.LogEntry.Ended;
import io.streamgauge.controller.log.LogEntry.Sampled;
import io.streamgauge.controller.log.RunFacts;
import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.result.capacity.Proof;
import io.streamgauge.controller.result.finding.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run as its log tells it: a fold over the entries, and the only way to a {@link
 * RunResult}. A log that ends before its run did gives what it holds, as interrupted.
 */
public final class Analysis {
  private static final String CUT = "the log ends before the run did";

  private final Map<String, AgentInfo> agents = new TreeMap<>();
  private final SequencedMap<String, LevelFold> levels = new LinkedHashMap<>();
  private final GpuLog gpus = new GpuLog();
  private final EngineLog pages = new EngineLog();
  private @Nullable RunFacts facts;
  private Sampled sampled = new Sampled(Set.of(), false, Instant.EPOCH, false);
  private Optional<EngineReady> engine = Optional.empty();
  private Optional<LevelFold> open = Optional.empty();
  private Optional<Ended> end = Optional.empty();
  private Instant last = Instant.EPOCH;
  private String model = TargetProbe.UNKNOWN_MODEL;

  /**
   * The result of a log that lies on the disk; empty where nothing was measured.
   *
   * @throws IOException when it cannot be read or is of another version
   */
  public static Optional<RunResult> of(Path log) throws IOException {
    Analysis analysis = new Analysis();
    RunLog.read(log, analysis::take);
    return analysis.result();
  }

  /** Takes in the next entry. */
  public void take(LogEntry entry) {
    switch (entry) {
      case LogEntry.Opened opened -> {
        facts = opened.facts();
        last = opened.facts().startedAt();
      }
      case LogEntry.Joined(AgentInfo agent) -> agents.put(agent.id(), agent);
      case Sampled now -> {
        sampled = now;
        gpus.markIdle(now.idleFrom(), now.engineFollows());
      }
      case LogEntry.Prepares level -> {
        open = Optional.of(new LevelFold(facts(), level));
        levels.remove(level.level().name());
        levels.put(level.level().name(), open.get());
      }
      case LogEntry.Begins begins -> {
        model = begins.model();
        level(begins.level()).ifPresent(level -> level.begin(begins, pages));
      }
      case LogEntry.Told(Instant at, AgentEvent event) -> {
        last = at;
        told(at, event);
      }
      case LogEntry.Lost lost -> level(lost.level()).ifPresent(level -> level.lose(lost.agent()));
      case LogEntry.Claimed one ->
          level(one.level()).ifPresent(level -> level.claim(one.agent(), one.requests()));
      case LogEntry.Decided(String name, Instant at) -> level(name).ifPresent(it -> it.decide(at));
      case LogEntry.Ends ends -> {
        last = ends.at();
        level(ends.level())
            .ifPresent(
                level ->
                    level.end(
                        ends.at(),
                        ends.stopped(),
                        ends.reading().flatMap(pages::reading),
                        pages,
                        evidence(level)));
        open = Optional.empty();
      }
      case Ended over -> end = Optional.of(over);
    }
  }

  private void told(Instant at, AgentEvent event) {
    switch (event) {
      case AgentEvent.LevelEvent of -> level(of.level()).ifPresent(level -> level.take(at, of));
      case AgentEvent.GpuEvent gpu -> gpus.take(gpu);
      case AgentEvent.MetricsEvent page -> pages.take(page);
      case EngineReady ready -> engine = Optional.of(ready);
      case AgentEvent.EngineEvent _, AgentEvent.Failed _, AgentEvent.TokensCounted _ -> {}
    }
  }

  private Optional<LevelFold> level(String name) {
    return Optional.ofNullable(levels.get(name));
  }

  private List<GpuEvidence> evidence(LevelFold level) {
    return gpus.level(level.named(), sampled.agents(), sampled.assumed());
  }

  private RunFacts facts() {
    if (facts == null) {
      throw new IllegalStateException("the log does not begin with its opening");
    }
    return facts;
  }

  /** The level that has just ended. */
  public Optional<LevelResult> lastLevel() {
    return Optional.ofNullable(levels.lastEntry())
        .map(Map.Entry::getValue)
        .filter(LevelFold::begun)
        .map(LevelFold::result);
  }

  /** What the level that is under way shows already. */
  public List<Finding> findingsSoFar() {
    return open.filter(LevelFold::begun)
        .map(
            level ->
                level.findingsSoFar(gpus.soFar(level.named(), sampled.agents(), sampled.assumed())))
        .orElse(List.of());
  }

  /** What the level that is under way proves, of a plan that seeks the most load. */
  public Proof provedSoFar() {
    return open.map(LevelFold::provedSoFar).orElse(Proof.UNDECIDED);
  }

  /** The result so far; empty where nothing was measured. Nothing is taken in after it. */
  public Optional<RunResult> result() {
    open.filter(LevelFold::begun)
        .ifPresent(
            level -> {
              level.abandon(CUT);
              level.end(last, Optional.of(CUT), Optional.empty(), pages, evidence(level));
            });
    open = Optional.empty();
    List<LevelResult> measured =
        levels.values().stream().filter(LevelFold::begun).map(LevelFold::result).toList();
    return measured.isEmpty() ? Optional.empty() : Optional.of(result(measured));
  }

  private RunResult result(List<LevelResult> measured) {
    Ended over =
        end.orElseGet(() -> new Ended(last, Optional.of(RunStatus.INTERRUPTED), Optional.of(CUT)));
    Optional<String> reason =
        over.failure().or(() -> RunVerdict.nothingMeasured(facts().plan(), measured));
    Optional<String> failure =
        over.status().isPresent()
            ? reason
            : reason.or(() -> RunVerdict.undone(facts().plan(), measured));
    return new RunResult(
        new RunResult.Run(
            facts().runId(),
            facts().plan().name(),
            facts().backend().name(),
            model,
            time(facts().startedAt()),
            time(over.at().isBefore(facts().startedAt()) ? facts().startedAt() : over.at()),
            over.status().orElseGet(() -> RunVerdict.status(reason, measured)),
            failure,
            facts().plan().workload().seed(),
            facts().plan().requestOf(facts().backend()).sampling(),
            facts().repeat(),
            SettingsHash.variant(facts().backend()),
            SettingsHash.of(
                facts().backend(),
                facts().plan().requestOf(facts().backend()),
                engine.map(EngineReady::engine))),
        facts().plan(),
        environment(),
        measured);
  }

  private RunResult.Environment environment() {
    Map<String, GpuHost> hosts = new TreeMap<>(gpus.hosts());
    hosts.keySet().retainAll(sampled.agents());
    RunFacts.Tool tool = facts().tool();
    return new RunResult.Environment(
        tool.version(),
        tool.jdk(),
        tool.os(),
        engine.map(ready -> TargetUrl.parse(ready.url()).shown()).orElse(facts().url()),
        engine.map(EngineReady::engine),
        tool.insecureNetwork(),
        List.copyOf(agents.values()),
        GpuDriver.of(hosts));
  }

  private String time(Instant time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(facts().local(time));
  }
}
