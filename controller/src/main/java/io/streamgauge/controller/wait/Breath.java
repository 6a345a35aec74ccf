package io.streamgauge.controller.wait;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * Lets in what others want of the controller while a run is busy without a pause: its virtual
 * thread runs one thing at a time, and heartbeats that wait for a long piece of work count as
 * silence on both sides. On the run's virtual thread.
 */
public final class Breath {
  private static final long LONGEST_NANOS = 100_000_000;

  private final Vertx vertx;
  private long last = System.nanoTime();

  public Breath(Vertx vertx) {
    this.vertx = vertx;
  }

  /** The run has just waited, and whatever wanted to come in has. */
  void taken() {
    last = System.nanoTime();
  }

  /** Waits for all that came in so far to be dealt with, if that has not been for a while. */
  public void takeIfDue() {
    if (System.nanoTime() - last < LONGEST_NANOS) {
      return;
    }
    Promise<Void> turn = Promise.promise();
    vertx.getOrCreateContext().runOnContext(_ -> turn.complete());
    turn.future().await();
    taken();
  }
}
