package io.streamgauge.agent.load;

import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.DistributionRecorder;
import java.util.function.LongSupplier;

/**
 * How late the event loop is: a tick each 2.3 ms against its own absolute schedule. What comes at
 * any time has to wait as long as a tick, so the lag is the error that the client adds to a stamp.
 * The step is no divisor of the usual gaps between tokens, so as not to walk in phase with them,
 * and short enough for a 99th percentile (662 ticks) after 1.5 s.
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

  public void start() {
    due = clock.getAsLong();
    schedule();
  }

  private void schedule() {
    due += TICK_NANOS;
    timers.after(due - clock.getAsLong(), this::tick);
  }

  /**
   * A loop that was away for several ticks counts each of them, as a client's events would have
   * waited.
   */
  private void tick() {
    if (stopped) {
      return;
    }
    long now = clock.getAsLong();
    lag.record(Math.max(0, now - due));
    while (now - due > TICK_NANOS) {
      due += TICK_NANOS;
      lag.record(now - due);
    }
    schedule();
  }

  public void stop() {
    stopped = true;
  }

  public Distribution distribution() {
    return lag.snapshot();
  }
}
