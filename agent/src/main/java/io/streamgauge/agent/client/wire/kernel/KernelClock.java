package io.streamgauge.agent.client.wire.kernel;

import io.streamgauge.agent.client.wire.StampTally;

/**
 * Turns the kernel's stamps, which are of the wall clock, into times of the monotonic clock, of
 * which all others are. Slewing moves both clocks alike; setting the wall clock ("a step") does
 * not, so what lies between the two is measured with each look, and a stamp that may be from before
 * the step or after it is held against the time in which it must lie.
 */
final class KernelClock {
  static final long NONE = Long.MIN_VALUE;

  /** Far above the width of a reading and below any step that would matter. */
  private static final long STEP_NANOS = 20_000;

  /** A packet waits so long at most between its stamp and its socket, on a starved processor. */
  private static final long DELIVERY_NANOS = 50_000_000;

  private static final int TRIES = 3;

  private final WallClock wall;
  private final StampTally tally;
  private long offset;
  private long offsetBefore;
  private long steppedAt = NONE;

  /** The wall clock in ns since 1970, by which the kernel stamps. */
  @FunctionalInterface
  interface WallClock {
    long now();

    /** What the kernel would have stamped, where this is not its clock. */
    default long stamp(long kernels) {
      return kernels;
    }
  }

  KernelClock(WallClock wall, StampTally tally) {
    this.wall = wall;
    this.tally = tally;
    this.offset = measure().offset();
    this.offsetBefore = offset;
  }

  /** The wall clock less the monotonic one in ns, known to {@code width}. */
  private record Reading(long offset, long width) {}

  /** The wall clock between two readings of the monotonic one; the tightest of some. */
  private Reading measure() {
    Reading best = reading();
    for (int i = 1; i < TRIES && best.width() > STEP_NANOS / 10; i++) {
      Reading next = reading();
      best = next.width() < best.width() ? next : best;
    }
    return best;
  }

  private Reading reading() {
    long before = System.nanoTime();
    long time = wall.now();
    long after = System.nanoTime();
    return new Reading(time - before - (after - before) / 2, after - before);
  }

  /** Looks again; to be called before the reads of a look. */
  void look() {
    Reading reading = measure();
    long moved = reading.offset() - offset;
    if (Math.abs(moved) > STEP_NANOS + reading.width()) {
      offsetBefore = offset;
      steppedAt = System.nanoTime();
      tally.step(moved);
      offset = reading.offset();
    } else if (reading.width() <= STEP_NANOS / 10) {
      offset = reading.offset();
    }
  }

  /**
   * A stamp in ns of {@link System#nanoTime}; {@link #NONE} where it cannot be told.
   *
   * @param stamp of the wall clock in ns
   * @param since when the socket was last found empty
   * @param now of the read
   */
  long monotonic(long stamp, long since, long now) {
    long time = wall.stamp(stamp) - offset;
    boolean fits = fits(time, since, now);
    if (steppedAt == NONE || since > steppedAt + DELIVERY_NANOS) {
      return fits ? Math.min(time, now) : NONE;
    }
    long other = wall.stamp(stamp) - offsetBefore;
    boolean otherFits = fits(other, since, now);
    if (fits == otherFits) {
      return NONE;
    }
    return Math.min(fits ? time : other, now);
  }

  private static boolean fits(long time, long since, long now) {
    return time - since >= -DELIVERY_NANOS && now - time >= -STEP_NANOS;
  }
}
