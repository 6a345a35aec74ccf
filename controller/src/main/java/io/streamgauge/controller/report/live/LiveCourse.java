package io.streamgauge.controller.report.live;

import io.streamgauge.common.message.RunEvent.LiveStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a run told of itself so far, as far as its live line needs it.
 *
 * @param rates tokens that arrived per second, between each two that were told; the latest at the
 *     end
 * @param before how long the levels took that are over
 */
public record LiveCourse(Optional<LiveStats> last, List<Double> rates, Duration before) {
  public static final LiveCourse NONE = new LiveCourse(Optional.empty(), List.of(), Duration.ZERO);

  private static final int KEPT = 60;

  /** Stats that follow within less, as at a level's end, tell no rate of their own. */
  private static final double LEAST_SECONDS = 0.2;

  public LiveCourse {
    rates = List.copyOf(rates);
  }

  public LiveCourse with(LiveStats now) {
    Optional<LiveStats> same = last.filter(it -> continues(it, now));
    double seconds = seconds(now) - same.map(LiveCourse::seconds).orElse(0.0);
    long tokens =
        now.totals().arrivedTokens() - same.map(it -> it.totals().arrivedTokens()).orElse(0L);
    List<Double> more = new ArrayList<>(rates);
    if (seconds >= LEAST_SECONDS) {
      more.add(Math.max(0, tokens / seconds));
    }
    return new LiveCourse(
        Optional.of(now),
        more.subList(Math.max(0, more.size() - KEPT), more.size()),
        same.isPresent() ? before : elapsed());
  }

  private static boolean continues(LiveStats then, LiveStats now) {
    return then.backend().equals(now.backend())
        && then.level().equals(now.level())
        && then.elapsed().compareTo(now.elapsed()) <= 0;
  }

  private static double seconds(LiveStats stats) {
    return stats.elapsed().toNanos() / 1e9;
  }

  /** How long all levels took so far. */
  public Duration elapsed() {
    return before.plus(last.map(LiveStats::elapsed).orElse(Duration.ZERO));
  }

  /** How much of the run is done, by its requests, else by its time; empty where it has no end. */
  OptionalDouble share() {
    if (last.isEmpty()) {
      return OptionalDouble.empty();
    }
    LiveStats now = last.get();
    if (now.total().filter(total -> total > 0).isPresent()) {
      return share((double) now.done(), now.total().get().doubleValue());
    }
    double gone = (double) elapsed().toNanos();
    return now.left().isPresent()
        ? share(gone, gone + now.left().get().toNanos())
        : OptionalDouble.empty();
  }

  private static OptionalDouble share(double part, double whole) {
    return whole <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.clamp(part / whole, 0.0, 1.0));
  }
}
