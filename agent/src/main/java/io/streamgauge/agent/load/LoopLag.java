package io.streamgauge.agent.load;

import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.DistributionRecorder;
import java.util.function.LongSupplier;

/**
 * How late the event loop is. What comes at any time has to wait as long as a tick, so the lag is
 * the error that the client adds to a stamp of its own. The ticks are the looks of a wire that
 * looks by the clock; else one each 2.3 ms against an absolute schedule. That step is no divisor of
 * the usual gaps between tokens, so as not to walk in phase with them, and short enough for a 99th
 * percentile (662 ticks) after 1.5 s.
 */
public final class LoopLag {
  private static final long TICK_NANOS = 2_300_000;

  private final LongSupplier clock;
  private final Timers timers;
  private final DistributionRecorder lag = new DistributionRecorder();
  private long due;
  private boolean stopped;

  public LoopLag(LongSupplier clock, Timers timers) {
    this.clock = clock;
    this.timers = timers;
  }

  /** Sets ticks of its own. */
  public void start() {
    due = clock.getAsLong();
    schedule();
  }

  private void schedule() {
    due += TICK_NANOS;
    timers.after(due - clock.getAsLong(), this::tick);
  }

  private void tick() {
    if (stopped) {
      return;
    }
    long late = Math.max(0, clock.getAsLong() - due);
    late(late, TICK_NANOS);
    due += late - late % TICK_NANOS;
    schedule();
  }

  /**
   * A tick came late. A loop that was away for several ticks counts each of them, as a client's
   * events would have waited.
   *
   * @param late in ns
   * @param step ns from tick to tick
   */
  public void late(long late, long step) {
    for (long left = late; left >= 0 && !stopped; left -= step) {
      lag.record(left);
    }
  }

  public void stop() {
    stopped = true;
  }

  public Distribution distribution() {
    return lag.snapshot();
  }
}
