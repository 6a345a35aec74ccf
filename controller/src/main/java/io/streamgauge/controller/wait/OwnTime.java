package io.streamgauge.controller.wait;

import java.util.function.LongSupplier;

/**
 * The time in which this controller was there to hear others: between two looks at it no more than
 * a second counts, however long the controller itself stood still.
 */
public final class OwnTime {
  private static final long LONGEST_STEP = 1_000_000_000;

  private final LongSupplier clock;
  private long lookedAt;
  private long passed;

  /** {@code clock} in ns, only ever forward. */
  public OwnTime(LongSupplier clock) {
    this.clock = clock;
    this.lookedAt = clock.getAsLong();
  }

  /** The time so far, in ns; look several times a second. */
  public long nanos() {
    long now = clock.getAsLong();
    passed += Math.min(now - lookedAt, LONGEST_STEP);
    lookedAt = now;
    return passed;
  }
}
