package io.streamgauge.controller.run;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.clock.SteadyClock;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.AgentEvent.LevelEvent;
import io.streamgauge.controller.level.Intake;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.LostAgent;
import io.streamgauge.controller.log.RunFacts;
import io.streamgauge.controller.observe.ModelChoice;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run as its journal tells of it, entry by entry; afterwards it takes in what agents still hand
 * over. A level that was only prepared has measured nothing and is left out.
 */
final class RecoveredRun {
  /** Why its last level ended, as the result says it. */
  private static final String GONE = "the controller was gone";

  private final RunFacts facts;
  private final Intake intake;
  private final Map<String, AgentInfo> agents = new TreeMap<>();
  private final Map<String, Instant> heard = new HashMap<>();
  private final List<MeasuredLevel> levels = new ArrayList<>();
  private Map<String, LogEntry.Participant> working = new TreeMap<>();
  private Optional<MeasuredLevel> current = Optional.empty();
  private String model = ModelChoice.UNKNOWN;

  RecoveredRun(RunFacts facts, Intake intake) {
    this.facts = facts;
    this.intake = intake;
  }

  void take(LogEntry entry) {
    switch (entry) {
      case LogEntry.Opened _ -> {}
      case LogEntry.Prepares prepares -> prepare(prepares);
      case LogEntry.Begins(Instant named, String asked) -> {
        model = asked;
        current.ifPresent(level -> level.sums().begin(named));
      }
      case LogEntry.Told(Instant at, LevelEvent event) -> {
        intake.takeAgain(event);
        heard(event, at);
      }
      case LogEntry.Lost(LostAgent agent) -> lose(agent);
      case LogEntry.Ends(Optional<String> stopped) -> {
        current.ifPresent(level -> levels.add(level.stopped(stopped)));
        current = Optional.empty();
        working = new TreeMap<>();
      }
    }
  }

  private void prepare(LogEntry.Prepares prepares) {
    LevelSums sums = new LevelSums(prepares.level(), facts);
    prepares.lost().forEach(sums::lose);
    intake.open(sums);
    current =
        Optional.of(
            new MeasuredLevel(
                sums,
                prepares.setting(),
                prepares.workload(),
                Optional.of(GONE),
                List.of(),
                Optional.empty()));
    working = new TreeMap<>();
    for (LogEntry.Participant participant : prepares.participants()) {
      working.put(participant.agent().id(), participant);
      agents.put(participant.agent().id(), participant.agent());
    }
  }

  /** Takes in what an agent hands over now. */
  void take(LevelEvent event) {
    intake.take(event);
    heard(event, SteadyClock.PROCESS.instant());
  }

  private void heard(LevelEvent event, Instant at) {
    heard.put(event.agent(), at);
    current
        .filter(level -> level.sums().finished(event.agent()))
        .ifPresent(_ -> working.remove(event.agent()));
  }

  /** The agents that may hold measurements which they have not handed over, by id. */
  Map<String, LogEntry.Participant> owing() {
    return current.filter(level -> level.sums().begun()).isPresent()
        ? Map.copyOf(working)
        : Map.of();
  }

  /** Gives up an agent, from when it was heard last on; the entry that tells of it. */
  LogEntry lost(String agent, String reason) {
    LogEntry.Participant participant = working.get(agent);
    Instant named = current.map(level -> level.sums().named()).orElse(Instant.EPOCH);
    Instant last = heard.getOrDefault(agent, named);
    double since = Math.max(0, Duration.between(named, last).toNanos() / 1e9);
    double share = participant == null ? 0 : participant.loadShare();
    LogEntry.Lost entry = new LogEntry.Lost(new LostAgent(agent, reason, since, share));
    take(entry);
    return entry;
  }

  /** By another clock than its start, which may have been set back in between. */
  private Instant endedAt() {
    Instant now = Instant.now();
    return now.isBefore(facts.startedAt()) ? facts.startedAt() : now;
  }

  private void lose(LostAgent agent) {
    working.remove(agent.agent());
    current.ifPresent(level -> level.sums().lose(agent));
  }

  /** Whether there is anything to show. */
  boolean measured() {
    return !levels.isEmpty() || current.filter(level -> level.sums().begun()).isPresent();
  }

  /** Everything that was measured, as the result of a run that was interrupted. */
  RunResult result(String reason) {
    List<MeasuredLevel> all = new ArrayList<>(levels);
    current.filter(level -> level.sums().begun()).ifPresent(all::add);
    List<LevelResult> results = all.stream().map(level -> level.result(facts)).toList();
    return facts.result(
        endedAt(),
        model,
        RunStatus.INTERRUPTED,
        Optional.of(reason),
        agents.values(),
        List.of(),
        results);
  }
}
