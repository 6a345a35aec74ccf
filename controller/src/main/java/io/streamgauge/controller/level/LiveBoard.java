package io.streamgauge.controller.level;

import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.message.AgentEvent.Progress;
import io.streamgauge.common.message.RunEvent.AgentWork;
import io.streamgauge.common.message.RunEvent.Board;
import io.streamgauge.common.message.RunEvent.Flag;
import io.streamgauge.common.message.RunEvent.LiveStats;
import io.streamgauge.common.message.RunEvent.Observed;
import io.streamgauge.common.message.RunEvent.Totals;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.ClosedLoop;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The latest progress of every agent of a level, as one line of live numbers: what is done and left
 * is the whole run's, the rest the level's. Of many agents the latencies are merged less often than
 * the line is asked for, since that is the dear part: they may be as old as 10 ms for each agent.
 */
public final class LiveBoard {
  private static final long AGE_NANOS_PER_AGENT = 10_000_000;

  private final String runId;
  private final String backend;
  private final Level level;
  private final long startNanos;
  private final RunProgress run;
  private final Map<String, Progress> latest = new HashMap<>();
  private Distribution ttft = Distribution.ZERO;
  private Distribution itl = Distribution.ZERO;
  private Optional<Counts> end = Optional.empty();
  private long mergedAt;
  private boolean merged;

  LiveBoard(String runId, String backend, Level level, long startNanos, RunProgress run) {
    this.runId = runId;
    this.backend = backend;
    this.level = level;
    this.startNanos = startNanos;
    this.run = run;
  }

  void put(Progress progress) {
    latest.put(progress.agent(), progress);
  }

  /** The level is over, and all its agents have delivered what they did. */
  void over(Counts all) {
    end = Optional.of(all);
  }

  /** The numbers at {@code now}; the rate is of all that arrived in the level so far. */
  public LiveStats at(long now) {
    Counts counts =
        end.orElseGet(
            () -> latest.values().stream().map(Progress::counts).reduce(Counts.ZERO, Counts::plus));
    Duration elapsed = Duration.ofNanos(Math.max(0, now - startNanos));
    double seconds = elapsed.toNanos() / 1e9;
    long arrived =
        Math.max(
            counts.outputTokens(), latest.values().stream().mapToLong(Progress::arrived).sum());
    merge(now);
    return new LiveStats(
        runId,
        backend,
        level.name(),
        elapsed,
        run.done() + counts.total(),
        end.isPresent() ? 0 : latest.values().stream().mapToLong(Progress::inFlight).sum(),
        run.failed() + counts.failed(),
        run.total(level),
        seconds == 0 ? 0 : arrived / seconds,
        ttft.quantileMillis(0.5),
        ttft.quantileMillis(0.99),
        itl.quantileMillis(0.5),
        itl.quantileMillis(0.99),
        end.isPresent() ? Optional.empty() : left(elapsed, counts.total()),
        new Totals(
            counts.outcomes(),
            counts.inputTokens(),
            counts.outputTokens(),
            arrived,
            ttft.count(),
            ttft.meanMillis().orElse(0) * ttft.count(),
            itl.count(),
            itl.meanMillis().orElse(0) * itl.count()));
  }

  /**
   * What is done at {@code now} by whom, beside what GPUs and the engine told last and what the
   * level shows already.
   */
  public Observed observed(
      long now, List<Board> boards, Map<String, Double> engine, List<Flag> findings) {
    return new Observed(
        runId,
        Duration.ofNanos(Math.max(0, now - startNanos)),
        run.stage(backend, level),
        latest.values().stream()
            .map(
                agent ->
                    new AgentWork(
                        agent.agent(),
                        agent.counts().total(),
                        agent.counts().failed(),
                        end.isPresent() ? 0 : agent.inFlight()))
            .sorted(Comparator.comparing(AgentWork::agent))
            .toList(),
        boards,
        engine,
        findings);
  }

  private void merge(long now) {
    if (!merged || now - mergedAt >= AGE_NANOS_PER_AGENT * latest.size()) {
      ttft = sum(Progress::ttft);
      itl = sum(Progress::itl);
      mergedAt = now;
      merged = true;
    }
  }

  private Distribution sum(Function<Progress, Distribution> part) {
    return Distribution.sum(latest.values().stream().map(part).toList());
  }

  private Optional<Duration> left(Duration elapsed, long done) {
    return ofLevel(elapsed, done)
        .flatMap(here -> run.left(perRequestOfUser(elapsed, done)).map(here::plus));
  }

  private Optional<Duration> perRequestOfUser(Duration elapsed, long done) {
    return done > 0 && level.load() instanceof ClosedLoop closed
        ? Optional.of(
            Duration.ofNanos(Math.round((double) elapsed.toNanos() / done * closed.concurrency())))
        : Optional.empty();
  }

  /** By the clock where the level is bounded by time, else by the pace so far. */
  private Optional<Duration> ofLevel(Duration elapsed, long done) {
    Optional<Duration> byTime =
        level.extent().duration().map(all -> all.minus(elapsed)).filter(d -> !d.isNegative());
    if (byTime.isPresent() || done == 0) {
      return byTime;
    }
    return run.requests(level)
        .map(all -> Duration.ofNanos((long) (elapsed.toNanos() * ((double) (all - done) / done))));
  }
}
