package io.streamgauge.controller.run;

import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.agent.HostCalibration;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Distribution;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.measure.TokenSeries;
import io.streamgauge.common.message.AgentEvent.Early;
import io.streamgauge.common.message.AgentEvent.Finished;
import io.streamgauge.common.message.AgentEvent.LevelEvent;
import io.streamgauge.common.message.AgentEvent.LevelGaps;
import io.streamgauge.common.message.AgentEvent.Prepared;
import io.streamgauge.common.message.AgentEvent.Progress;
import io.streamgauge.common.message.AgentEvent.RecordBatch;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.request.ModelMix;
import io.streamgauge.controller.log.LostAgent;
import io.streamgauge.controller.log.RunFacts;
import io.streamgauge.controller.result.AgentStart;
import io.streamgauge.controller.result.Attendance;
import io.streamgauge.controller.result.tally.LevelTally;
import io.streamgauge.controller.result.tally.RequestLimits;
import io.streamgauge.controller.wait.RunFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the agents of a level have told, added up: the same for a level that runs and for one that
 * is read back from its journal. What comes again, since its acknowledgement was lost, counts once.
 */
public final class LevelSums {
  private final Level level;
  private final LevelTally tally;
  private final Optional<ModelMix> mix;
  private final long seed;
  private final Map<String, LevelTally> models = new LinkedHashMap<>();
  private final Map<String, ClientStats> clients = new HashMap<>();
  private final Map<String, HostCalibration> certificates = new HashMap<>();
  private final Map<String, Long> nextBatch = new HashMap<>();
  private final Map<String, AgentStart> starts = new HashMap<>();
  private final Map<String, Early> ended = new HashMap<>();
  private final List<LostAgent> lost = new ArrayList<>();

  /** Requests by agent: handed over, told of, and handed over when it was counted as lost. */
  private final Map<String, Long> delivered = new HashMap<>();

  private final Map<String, Long> told = new HashMap<>();
  private final Map<String, Long> inTime = new HashMap<>();

  /** Added up when they are wanted: the agents of a large fleet tell theirs all at once. */
  private final List<LevelGaps> gaps = new ArrayList<>();

  private TokenSeries tokens = TokenSeries.ZERO;
  private Instant named = Instant.EPOCH;

  LevelSums(Level level, RunFacts facts) {
    this.level = level;
    this.tally = tally(facts);
    this.mix = facts.backend().mix();
    this.seed = facts.plan().seedOf(level);
    mix.ifPresent(several -> several.names().forEach(name -> models.put(name, tally(facts))));
  }

  private LevelTally tally(RunFacts facts) {
    return new LevelTally(
        RequestLimits.of(facts.plan().slo(), level.load()),
        facts.plan().observation().deadlines(),
        facts.promptTokens());
  }

  private void add(RequestRecord request) {
    tally.add(request);
    mix.map(several -> several.names().get(several.modelOf(seed, request.index())))
        .map(models::get)
        .ifPresent(own -> own.add(request));
  }

  public Level level() {
    return level;
  }

  /** The agents were told to start at {@code named}, by the controller's clock. */
  public void begin(Instant named) {
    this.named = named;
  }

  public boolean begun() {
    return !named.equals(Instant.EPOCH);
  }

  Instant named() {
    return named;
  }

  /**
   * Whether the event brings what is not known yet.
   *
   * @throws RunFailure when records between it and those before are missing
   */
  public boolean isNews(LevelEvent event) {
    return switch (event) {
      case Prepared _ -> true;
      case Progress _ -> false;
      case Finished finished -> !finished(finished.agent());
      case RecordBatch batch -> {
        long due = nextBatch.getOrDefault(batch.agent(), 0L);
        if (batch.number() > due) {
          throw RunFailure.failed(
              "agent %s: records are lost, batch %d came where %d was due"
                  .formatted(batch.agent(), batch.number(), due));
        }
        yield batch.number() == due;
      }
    };
  }

  /** Takes in what {@linkplain #isNews is news}. */
  public void take(LevelEvent event) {
    switch (event) {
      case Prepared prepared ->
          prepared.certificate().ifPresent(known -> certificates.put(prepared.agent(), known));
      case Progress _ -> {}
      case RecordBatch batch -> {
        nextBatch.put(batch.agent(), batch.number() + 1);
        batch.records().forEach(this::add);
        delivered.merge(batch.agent(), (long) batch.records().size(), Long::sum);
      }
      case Finished finished -> {
        clients.put(finished.agent(), finished.client());
        finished
            .startedAt()
            .ifPresent(
                at ->
                    starts.put(
                        finished.agent(),
                        new AgentStart(
                            Duration.between(named, at).toNanos() / 1e6, finished.clock())));
        finished.early().ifPresent(early -> ended.put(finished.agent(), early));
        gaps.add(finished.gaps());
        tokens = tokens.plus(finished.tokens());
      }
    }
  }

  /** What an agent says that it has measured so far, handed over or not. */
  public void hear(Progress progress) {
    told.merge(progress.agent(), progress.counts().total(), Math::max);
  }

  public void lose(LostAgent agent) {
    lost.add(agent);
    inTime.put(agent.agent(), delivered.getOrDefault(agent.agent(), 0L));
  }

  /** With what became of its measurements. */
  private LostAgent inTheEnd(LostAgent agent) {
    String id = agent.agent();
    long all = delivered.getOrDefault(id, 0L);
    return agent.inTheEnd(
        all - inTime.getOrDefault(id, 0L),
        finished(id) ? 0 : Math.max(0, told.getOrDefault(id, 0L) - all),
        finished(id));
  }

  /** Whether the agent has told all that it had to tell. */
  public boolean finished(String agent) {
    return clients.containsKey(agent);
  }

  LevelTally tally() {
    return tally;
  }

  /** The same for each model, where there are several. */
  Map<String, LevelTally> models() {
    return models;
  }

  public Counts counts() {
    return tally.counts();
  }

  /** How many requests were not answered, in words, and how they ended; empty where all were. */
  Optional<String> unanswered() {
    Map<Outcome, Long> others = new TreeMap<>(counts().outcomes());
    others.remove(Outcome.OK);
    long dropped = clients.values().stream().mapToLong(ClientStats::dropped).sum();
    if (dropped > 0) {
      others.merge(Outcome.DROPPED, dropped, Long::sum);
    }
    long unanswered = others.values().stream().mapToLong(Long::longValue).sum();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "level %s: %d of %d requests were not answered: %s"
                .formatted(
                    level.name(),
                    unanswered,
                    unanswered + counts().of(Outcome.OK),
                    others.entrySet().stream()
                        .map(entry -> entry.getKey().label() + " " + entry.getValue())
                        .collect(Collectors.joining(", "))));
  }

  Map<String, ClientStats> clients() {
    return clients;
  }

  Map<String, HostCalibration> certificates() {
    return certificates;
  }

  LevelGaps gaps() {
    return new LevelGaps(
        Distribution.sum(gaps.stream().map(LevelGaps::itl).toList()),
        Distribution.sum(gaps.stream().map(LevelGaps::icl).toList()));
  }

  /** The tokens by time, those of agents that never told theirs by their records. */
  TokenSeries tokens() {
    Set<String> silent =
        lost.stream()
            .map(LostAgent::agent)
            .filter(agent -> !finished(agent))
            .collect(Collectors.toSet());
    return silent.isEmpty() ? tokens : tokens.plus(tally.tokensOf(silent::contains));
  }

  Attendance attendance() {
    return new Attendance(starts, lost.stream().map(this::inTheEnd).map(this::asItWas).toList());
  }

  /** What an agent tells of its end, late as it may come, is nearer than what could be heard. */
  private LostAgent asItWas(LostAgent agent) {
    Early early = ended.get(agent.agent());
    return early == null ? agent : agent.since(early.after());
  }
}
