package io.streamgauge.controller.run;

import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Distribution;
import io.streamgauge.common.message.AgentEvent.Progress;
import io.streamgauge.common.message.RunEvent.LiveStats;
import io.streamgauge.common.message.RunEvent.Totals;
import io.streamgauge.common.plan.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The latest progress of every agent of a level, as one line of live numbers. */
final class LiveBoard {
  private final String runId;
  private final String backend;
  private final Level level;
  private final long startNanos;
  private final Map<String, Progress> latest = new HashMap<>();

  LiveBoard(String runId, String backend, Level level, long startNanos) {
    this.runId = runId;
    this.backend = backend;
    this.level = level;
    this.startNanos = startNanos;
  }

  void put(Progress progress) {
    latest.put(progress.agent(), progress);
  }

  /** The numbers at {@code now}; the rate is that of the whole level so far. */
  LiveStats at(long now) {
    Counts counts =
        latest.values().stream().map(Progress::counts).reduce(Counts.ZERO, Counts::plus);
    Duration elapsed = Duration.ofNanos(Math.max(0, now - startNanos));
    double seconds = elapsed.toNanos() / 1e9;
    Distribution ttft = sum(Progress::ttft);
    Distribution itl = sum(Progress::itl);
    return new LiveStats(
        runId,
        backend,
        level.name(),
        elapsed,
        counts.total(),
        latest.values().stream().mapToLong(Progress::inFlight).sum(),
        counts.failed(),
        level.extent().requests(),
        seconds == 0 ? 0 : counts.outputTokens() / seconds,
        ttft.quantileMillis(0.5),
        ttft.quantileMillis(0.99),
        itl.quantileMillis(0.5),
        itl.quantileMillis(0.99),
        left(elapsed, counts.total()),
        new Totals(
            counts.outcomes(),
            counts.inputTokens(),
            counts.outputTokens(),
            ttft.count(),
            ttft.meanMillis().orElse(0) * ttft.count(),
            itl.count(),
            itl.meanMillis().orElse(0) * itl.count()));
  }

  private Distribution sum(Function<Progress, Distribution> part) {
    return latest.values().stream().map(part).reduce(Distribution.ZERO, Distribution::plus);
  }

  /** By the clock where the level is bounded by time, else by the pace so far. */
  private Optional<Duration> left(Duration elapsed, long done) {
    Optional<Duration> byTime =
        level.extent().duration().map(all -> all.minus(elapsed)).filter(d -> !d.isNegative());
    if (byTime.isPresent() || done == 0) {
      return byTime;
    }
    return level
        .extent()
        .requests()
        .map(all -> Duration.ofNanos((long) (elapsed.toNanos() * ((double) (all - done) / done))));
  }
}
