package io.streamgauge.controller.level.watch;

import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.message.AgentEvent.Progress;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.ClosedLoop;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out that nobody is served anything in a closed loop, where the whole fleet is seen: each
 * agent's last word is that all has failed and nothing is under way.
 */
final class ServiceWatch {
  private final Level level;
  private final Duration patience;
  private final Map<String, Progress> latest = new HashMap<>();

  ServiceWatch(Level level, Duration patience) {
    this.level = level;
    this.patience = patience;
  }

  /**
   * Why the level is not worth going on with.
   *
   * @param working who still fires load
   * @param elapsed since the level's start
   */
  Optional<String> after(Progress progress, Collection<String> working, Duration elapsed) {
    latest.put(progress.agent(), progress);
    if (!(level.load() instanceof ClosedLoop)
        || elapsed.compareTo(patience) < 0
        || !latest.keySet().containsAll(working)) {
      return Optional.empty();
    }
    Counts counts =
        latest.values().stream().map(Progress::counts).reduce(Counts.ZERO, Counts::plus);
    long inFlight = latest.values().stream().mapToLong(Progress::inFlight).sum();
    return counts.of(Outcome.OK) == 0 && counts.failed() > 0 && inFlight == 0
        ? Optional.of(
            "all of the first %,d requests failed, nobody was served anything for %d s"
                .formatted(counts.total(), elapsed.toSeconds()))
        : Optional.empty();
  }
}
