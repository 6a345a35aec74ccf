package io.streamgauge.agent.load;

import java.util.concurrent.TimeUnit;

/**
 * How long a user of a closed loop waits when its requests fail one after the other: not at all
 * after the first failure, then 10 ms, and twice as long each time, up to a second or to what makes
 * 200 tries a second of a lane's users, for 10 s at most. An answer ends it.
 */
final class Backoff {
  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long USER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int MOST_DOUBLINGS = 10;

  /**
   * The pause in ns.
   *
   * @param failures of one user, in a row
   * @param users of the lane
   */
  static long pause(int failures, int users) {
    if (failures <= 1) {
      return 0;
    }
    long longest = Math.min(10 * SECOND_NANOS, Math.max(SECOND_NANOS, users * USER_NANOS));
    return Math.min(longest, FIRST_NANOS << Math.min(failures - 2, MOST_DOUBLINGS));
  }

  private Backoff() {}
}
