package io.streamgauge.controller.run;

import io.streamgauge.common.clock.SteadyClock;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentEvent.LevelEvent;
import io.streamgauge.controller.level.Deliveries;
import io.streamgauge.controller.level.Intake;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.LogEntry.Participant;
import io.streamgauge.controller.log.LostAgent;
import io.streamgauge.controller.log.RunFacts;
import io.streamgauge.controller.log.RunLog;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where a run stood when its log ended: whose measurements of its last level are not in yet. */
final class OpenRun {
  private final RunLog log;
  private final Intake intake;
  private final Map<String, Deliveries> levels = new HashMap<>();
  private final Map<String, Participant> working = new TreeMap<>();
  private final Map<String, Instant> heard = new HashMap<>();
  private @Nullable RunFacts facts;
  private Optional<Deliveries> open = Optional.empty();
  private Instant named = Instant.EPOCH;
  private Optional<String> engineHost = Optional.empty();
  private boolean ended;

  OpenRun(RunLog log) {
    this.log = log;
    this.intake = new Intake(log);
  }

  /** Takes in the next entry of the log. */
  void take(LogEntry entry) {
    switch (entry) {
      case LogEntry.Opened opened -> facts = opened.facts();
      case LogEntry.Prepares prepares -> {
        Deliveries level = new Deliveries(prepares.level());
        levels.put(prepares.level().name(), level);
        intake.open(level);
        open = Optional.of(level);
        working.clear();
        prepares.participants().forEach(one -> working.put(one.agent(), one));
      }
      case LogEntry.Begins begins -> {
        named = begins.named();
        open.ifPresent(Deliveries::begin);
      }
      case LogEntry.Told(Instant at, AgentEvent event) -> {
        switch (event) {
          case LevelEvent of -> {
            Optional.ofNullable(levels.get(of.level())).ifPresent(level -> level.take(of));
            hear(of, at);
          }
          case AgentEvent.EngineReady ready -> engineHost = Optional.of(ready.agent());
          case AgentEvent.EngineEvent _,
              AgentEvent.GpuEvent _,
              AgentEvent.MetricsEvent _,
              AgentEvent.TokensCounted _,
              AgentEvent.Failed _ -> {}
        }
      }
      case LogEntry.Lost lost -> {
        working.remove(lost.agent().agent());
        Optional.ofNullable(levels.get(lost.level()))
            .flatMap(level -> level.lose(lost.agent().agent()))
            .ifPresent(log::append);
      }
      case LogEntry.Ends _ -> {
        open = Optional.empty();
        working.clear();
      }
      case LogEntry.Ended _ -> ended = true;
      case LogEntry.Joined _, LogEntry.Sampled _, LogEntry.Claimed _, LogEntry.Decided _ -> {}
    }
  }

  /** Takes in what an agent hands over now. */
  void receive(LevelEvent event) {
    intake.take(event);
    hear(event, SteadyClock.PROCESS.instant());
  }

  private void hear(LevelEvent event, Instant at) {
    heard.put(event.agent(), at);
    if (open.filter(level -> level.finished(event.agent())).isPresent()) {
      working.remove(event.agent());
    }
  }

  RunFacts facts() {
    if (facts == null) {
      throw new IllegalStateException(log.path() + ": it does not begin with its opening");
    }
    return facts;
  }

  /** Whether the run was over, and only its results were not all written. */
  boolean ended() {
    return ended;
  }

  /** The level that was on, if one was. */
  Optional<String> level() {
    return open.filter(Deliveries::begun).map(level -> level.level().name());
  }

  /** The agent that started the run's engine, if one did. */
  Optional<String> engineHost() {
    return engineHost;
  }

  /** The agents that may hold measurements which they have not handed over. */
  List<Participant> owing() {
    return level().isPresent() ? List.copyOf(working.values()) : List.of();
  }

  /** Gives up an agent, from when it was heard last on. */
  void lose(Participant agent, String reason) {
    Instant last = heard.getOrDefault(agent.agent(), named);
    double since = Math.max(0, Duration.between(named, last).toNanos() / 1e9);
    LostAgent lost = new LostAgent(agent.agent(), reason, since, agent.loadShare());
    LogEntry entry = new LogEntry.Lost(level().orElse(""), lost);
    log.append(entry);
    take(entry);
  }
}
