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
  private static final long LONGEST_DELIVERY_NANOS = 2_000_000_000;

  /** And so long usually, by which stamps from before and after a step are told apart. */
  private static final long DELIVERY_NANOS = 50_000_000;

  private static final int TRIES = 3;

  /** A reading not wider than this is as good as any. */
  private static final long TIGHT_NANOS = 2_000;

  private final WallClock wall;
  private final StampTally tally;

  /** The last reading of the wall clock less the monotonic one, and how wide it was, in ns. */
  private long measured;

  private long measuredWidth;

  /** The reading by which stamps are turned now, and how wide it was, in ns. */
  private long offset;

  private long offsetWidth;
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
    measure();
    take();
    this.offsetBefore = offset;
  }

  private void take() {
    offset = measured;
    offsetWidth = measuredWidth;
  }

  /** Reads the wall clock between two readings of the monotonic one; keeps the tightest of some. */
  private void measure() {
    measuredWidth = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && measuredWidth > TIGHT_NANOS; i++) {
      long before = System.nanoTime();
      long time = wall.now();
      long width = System.nanoTime() - before;
      if (width < measuredWidth) {
        measured = time - before - width / 2;
        measuredWidth = width;
      }
    }
  }

  /** Looks again; to be called before the reads of a look. */
  void look() {
    measure();
    long moved = measured - offset;
    if (Math.abs(moved) > STEP_NANOS + measuredWidth + offsetWidth) {
      offsetBefore = offset;
      steppedAt = System.nanoTime();
      tally.step(moved);
      take();
    } else if (measuredWidth <= Math.max(TIGHT_NANOS, offsetWidth)) {
      take();
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
    if (steppedAt == NONE || since > steppedAt + DELIVERY_NANOS) {
      return fits(time, since - LONGEST_DELIVERY_NANOS, now) ? Math.min(time, now) : NONE;
    }
    boolean fits = fits(time, since - DELIVERY_NANOS, now);
    long other = wall.stamp(stamp) - offsetBefore;
    boolean otherFits = fits(other, since - DELIVERY_NANOS, now);
    if (fits == otherFits) {
      return NONE;
    }
    return Math.min(fits ? time : other, now);
  }

  private static boolean fits(long time, long earliest, long now) {
    return time - earliest >= 0 && now - time >= -STEP_NANOS;
  }
}
