package io.streamgauge.agent.load;

/** Runs something once, later, on the lane's own event loop. */
@FunctionalInterface
public interface Timers {
  /**
   * Runs {@code task} after about {@code delayNanos}; at once, but never within the call, when it
   * is not above 0.
   */
  Cancellation after(long delayNanos, Runnable task);

  /** Takes a timer back; harmless when it has fired. */
  @FunctionalInterface
  interface Cancellation {
    void cancel();
  }
}
