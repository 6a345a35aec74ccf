package io.streamgauge.common.clock;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The wall clock, read once and carried on by the monotonic one: whatever is set back or forward
 * meanwhile, what lies between two of its times did pass. Only times of one such clock may be held
 * against each other.
 */
public final class SteadyClock implements InstantSource {
  /** This process's, by which a controller and its agents agree on moments. */
  public static final SteadyClock PROCESS = new SteadyClock();

  private final LongSupplier nanos;
  private final Instant anchor;
  private final long anchorNanos;

  /** Reads the wall clock now. */
  public SteadyClock() {
    this(InstantSource.system(), System::nanoTime);
  }

  /** {@code nanos} only ever goes forward. */
  SteadyClock(InstantSource wall, LongSupplier nanos) {
    this.nanos = nanos;
    this.anchor = wall.instant();
    this.anchorNanos = nanos.getAsLong();
  }

  @Override
  public Instant instant() {
    return anchor.plusNanos(nanos.getAsLong() - anchorNanos);
  }
}
