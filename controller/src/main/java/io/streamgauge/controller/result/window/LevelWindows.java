package io.streamgauge.controller.result.window;

import io.streamgauge.common.measure.Window;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.tally.LevelTimes;

/**
 * The spans of a level over which its rates are taken.
 *
 * @param whole the whole run: of a level with a duration from its start to the duration's end, so
 *     that the drain after it is not in it; else from the first request sent to the last one ended
 * @param sending the time in which requests were sent: of a level with a duration the same, else
 *     from the first due time to the last sending
 * @param scheduled the time in which requests became due: of a level with a duration the same, else
 *     from the first due time to the last
 * @param timed whether the level was bounded by its duration
 */
public record LevelWindows(Window whole, Window sending, Window scheduled, boolean timed) {
  private static final Window NOTHING = new Window(0, 0);

  public static LevelWindows of(LevelEvidence evidence) {
    LevelTimes times = evidence.tally().times();
    Window requests = evidence.tally().window();
    Level level = evidence.level();
    long begun = evidence.client().asked() - times.laterTurns();
    boolean allSent = level.extent().requests().map(all -> begun >= all).orElse(false);
    if (level.extent().duration().isPresent() && !allSent) {
      long duration = level.extent().duration().get().toNanos();
      boolean toTheEnd = evidence.stopped().isEmpty() && idles(level.load());
      Window timed =
          requests.seconds() == 0 && !toTheEnd
              ? NOTHING
              : new Window(0, toTheEnd ? duration : Math.min(duration, requests.to()));
      return new LevelWindows(timed, timed, timed, true);
    }
    long[] due = times.dueTimes();
    return due.length == 0
        ? new LevelWindows(requests, NOTHING, NOTHING, false)
        : new LevelWindows(
            requests,
            new Window(due[0], Math.max(due[0], times.lastSent())),
            new Window(due[0], due[due.length - 1]),
            false);
  }

  /** An open loop may have nothing to do at its end, a closed one only when it gave up. */
  private static boolean idles(Load load) {
    return switch (load) {
      case ClosedLoop _ -> false;
      case OpenLoop _ -> true;
    };
  }

  /**
   * The end of the whole-run window for tokens, not included: where an answer ends the window, its
   * last token is in it.
   */
  public long tokensEnd() {
    return timed ? whole.to() : whole.to() + 1;
  }

  /** Requests sent per second, of {@code all} that were sent. */
  public double sendingRate(long some, long all) {
    return rate(some, all, sending);
  }

  /** Requests that became due per second, of {@code all} that did. */
  public double scheduledRate(long some, long all) {
    return rate(some, all, scheduled);
  }

  /** How many per second of what was due, or was sent, at these times, sorted. */
  public double rateOf(long[] times) {
    if (timed || times.length == 0) {
      return Rates.of((long) times.length, sending.seconds());
    }
    return Rates.of(times.length - 1L, (times[times.length - 1] - times[0]) / 1e9);
  }

  /**
   * Between the first and the last of n requests lie n - 1 intervals, and where the window begins
   * and ends with a request, these are what it holds.
   */
  private double rate(long some, long all, Window window) {
    double intervals = timed || all == 0 ? some : (double) some * (all - 1) / all;
    return Rates.of(intervals, window.seconds());
  }
}
