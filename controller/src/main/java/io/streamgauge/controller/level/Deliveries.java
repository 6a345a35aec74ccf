package io.streamgauge.controller.level;

import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.message.AgentEvent.Finished;
import io.streamgauge.common.message.AgentEvent.LevelEvent;
import io.streamgauge.common.message.AgentEvent.Prepared;
import io.streamgauge.common.message.AgentEvent.Progress;
import io.streamgauge.common.message.AgentEvent.RecordBatch;
import io.streamgauge.common.plan.Level;
import io.streamgauge.controller.log.LogEntry.Claimed;
import io.streamgauge.controller.wait.RunFailure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the agents of a level have handed over so far. An agent tells again what was not
 * acknowledged: here it is seen what is news.
 */
public final class Deliveries {
  private final Level level;
  private final Map<String, Long> nextBatch = new HashMap<>();
  private final Map<String, Long> claimed = new HashMap<>();
  private final Set<String> finished = new HashSet<>();
  private final Set<String> lost = new HashSet<>();
  private Counts counts = Counts.ZERO;
  private long dropped;
  private boolean begun;

  public Deliveries(Level level) {
    this.level = level;
  }

  public Level level() {
    return level;
  }

  /** The agents were told to start. */
  public void begin() {
    begun = true;
  }

  public boolean begun() {
    return begun;
  }

  /**
   * Whether the event brings what is not known yet.
   *
   * @throws RunFailure when records between it and those before are missing
   */
  boolean isNews(LevelEvent event) {
    return switch (event) {
      case Prepared _ -> true;
      case Progress _ -> false;
      case Finished one -> !finished(one.agent());
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
      case Prepared _, Progress _ -> {}
      case RecordBatch batch -> {
        nextBatch.put(batch.agent(), batch.number() + 1);
        counts = batch.records().stream().map(Counts::of).reduce(counts, Counts::plus);
      }
      case Finished one -> {
        finished.add(one.agent());
        dropped += one.client().dropped();
      }
    }
  }

  /** What an agent says that it has measured; told where it is lost, so that it may never come. */
  Optional<Claimed> hear(Progress progress) {
    long before = claimed.getOrDefault(progress.agent(), 0L);
    long now = progress.counts().total();
    claimed.merge(progress.agent(), now, Math::max);
    return lost.contains(progress.agent()) && now > before
        ? claim(progress.agent())
        : Optional.empty();
  }

  /** The agent is lost; what it had said that it has measured. */
  public Optional<Claimed> lose(String agent) {
    lost.add(agent);
    return claim(agent);
  }

  private Optional<Claimed> claim(String agent) {
    return Optional.ofNullable(claimed.get(agent))
        .map(requests -> new Claimed(level.name(), agent, requests));
  }

  /** Whether the agent has told all that it had to tell. */
  public boolean finished(String agent) {
    return finished.contains(agent);
  }

  public Counts counts() {
    return counts;
  }

  /** How many requests were not answered, in words, and how they ended; empty where all were. */
  public Optional<String> unanswered() {
    Map<Outcome, Long> others = new TreeMap<>(counts.outcomes());
    others.remove(Outcome.OK);
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
                    unanswered + counts.of(Outcome.OK),
                    others.entrySet().stream()
                        .map(entry -> entry.getKey().label() + " " + entry.getValue())
                        .collect(Collectors.joining(", "))));
  }
}
