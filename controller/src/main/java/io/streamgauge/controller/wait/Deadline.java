package io.streamgauge.controller.wait;

import java.time.Duration;

/** The end of a wait, on the monotonic clock. */
public record Deadline(long atNanos) {
  public static Deadline after(Duration wait) {
    return new Deadline(System.nanoTime() + wait.toNanos());
  }

  /** What is left of the wait; not positive once it is over. */
  public Duration left() {
    return Duration.ofNanos(atNanos - System.nanoTime());
  }

  public boolean passed() {
    return !left().isPositive();
  }
}
