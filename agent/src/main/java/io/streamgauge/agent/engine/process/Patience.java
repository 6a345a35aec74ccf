package io.streamgauge.agent.engine.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do; blocks. */
public final class Patience {
  private static final long PAUSE_NANOS = 100_000_000;

  /** Whether the condition came to hold before the limit was over. */
  public static boolean until(Duration limit, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start >= limit.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  private Patience() {}
}
