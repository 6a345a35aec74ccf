package io.streamgauge.controller.result.window;

import io.streamgauge.common.measure.Window;
import io.streamgauge.controller.result.tally.LevelTimes;
import java.util.Arrays;

/** Whether a server falls behind an open loop. */
public final class Backlog {
  /** Standard deviations beyond which the growth is no chance. */
  private static final double SURE = 3;

  private static final int EARLY = 10;

  /**
   * Whether, over the second half of the window, fewer requests were answered than sent: by more
   * than {@code share} of those sent, and by more than the number in flight may vary between two
   * moments (by about the root of twice itself, if arrivals are random). Nothing can be said where
   * already the first tenth of the requests took longer than that half, at the median.
   */
  public static boolean grows(LevelTimes times, Window window, double share) {
    long middle = window.from() + (window.to() - window.from()) / 2;
    Window half = new Window(middle, window.to());
    long sent = times.wereSent().filter(i -> half.holds(times.sent(i))).count();
    long answered = times.answered().filter(i -> half.holds(times.ended(i))).count();
    long inFlight =
        times.wereSent().filter(i -> times.sent(i) < middle && times.ended(i) > middle).count();
    return earlyE2e(times) < half.to() - half.from()
        && sent - answered > share * sent
        && sent - answered > SURE * Math.sqrt(2.0 * inFlight + 1);
  }

  private static long earlyE2e(LevelTimes times) {
    int[] asSent = times.answeredAsSent();
    long[] early = new long[Math.ceilDiv(asSent.length, EARLY)];
    Arrays.setAll(early, i -> times.e2e(asSent[i]));
    Arrays.sort(early);
    return early.length == 0 ? 0 : early[early.length / 2];
  }

  private Backlog() {}
}
