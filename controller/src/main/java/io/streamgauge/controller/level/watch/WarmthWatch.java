package io.streamgauge.controller.level.watch;

import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.message.AgentEvent.Progress;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells when a warm-up has warmed up: when the output tokens per second and the mean TTFT of two
 * windows in a row differ by no more than a tenth. A window lasts two seconds at least, and until
 * as many requests have been answered in it as are in flight, ten at least: fewer would be the
 * chance of a few prompts.
 */
final class WarmthWatch {
  private static final double SHORTEST_SECONDS = 2;
  private static final long FEWEST_REQUESTS = 10;
  private static final double TOLERANCE = 0.1;

  /** Sums since the level's start at a moment, in s. */
  private record Mark(double seconds, long requests, long tokens, double ttftSum) {}

  /** What happened between two marks: tokens per second and mean TTFT in ms. */
  private record Pace(double tokenRate, double ttft) {
    static Pace between(Mark from, Mark to) {
      return new Pace(
          (to.tokens() - from.tokens()) / (to.seconds() - from.seconds()),
          (to.ttftSum() - from.ttftSum()) / (to.requests() - from.requests()));
    }

    boolean agreesWith(Pace other) {
      return near(tokenRate, other.tokenRate) && near(ttft, other.ttft);
    }

    private static boolean near(double a, double b) {
      return Math.abs(a - b) <= TOLERANCE * Math.max(a, b);
    }
  }

  private final Map<String, Progress> latest = new HashMap<>();
  private final int agents;
  private final long enough;
  private Mark windowStart = new Mark(0, 0, 0, 0);
  private Optional<Pace> before = Optional.empty();

  /** Watches a level of {@code load} on so many agents. */
  WarmthWatch(Load load, int agents) {
    this.agents = agents;
    this.enough =
        switch (load) {
          case ClosedLoop closed -> Math.max(FEWEST_REQUESTS, closed.concurrency());
          case OpenLoop _ -> FEWEST_REQUESTS;
        };
  }

  /** Takes what an agent says {@code seconds} into the level; true when the level is steady. */
  boolean steadyAfter(Progress progress, double seconds) {
    latest.put(progress.agent(), progress);
    if (latest.size() < agents) {
      return false;
    }
    Mark now = mark(seconds);
    if (now.seconds() - windowStart.seconds() < SHORTEST_SECONDS
        || now.requests() - windowStart.requests() < enough) {
      return false;
    }
    Pace pace = Pace.between(windowStart, now);
    boolean steady = before.filter(pace::agreesWith).isPresent();
    before = Optional.of(pace);
    windowStart = now;
    return steady;
  }

  private Mark mark(double seconds) {
    Counts counts =
        latest.values().stream().map(Progress::counts).reduce(Counts.ZERO, Counts::plus);
    Distribution ttft =
        latest.values().stream().map(Progress::ttft).reduce(Distribution.ZERO, Distribution::plus);
    return new Mark(
        seconds, ttft.count(), counts.outputTokens(), ttft.meanMillis().orElse(0) * ttft.count());
  }
}
