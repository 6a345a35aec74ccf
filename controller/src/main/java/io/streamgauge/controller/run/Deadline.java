package io.streamgauge.controller.run;

import java.time.Duration;

/** The end of a wait, on the monotonic clock. */
record Deadline(long atNanos) {
  static Deadline after(Duration wait) {
    return new Deadline(System.nanoTime() + wait.toNanos());
  }

  /** What is left of the wait; not positive once it is over. */
  Duration left() {
    return Duration.ofNanos(atNanos - System.nanoTime());
  }

  boolean passed() {
    return !left().isPositive();
  }
}
