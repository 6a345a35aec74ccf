package io.streamgauge.agent.sim;

import java.util.LinkedHashSet;

/** Serves at most so many at once, the others in the order they came. */
final class Slots {
  private final int limit;
  private final LinkedHashSet<Runnable> waiting = new LinkedHashSet<>();
  private int running;
  private boolean admitting;

  /** A {@code limit} of 0 is none. */
  Slots(int limit) {
    this.limit = limit == 0 ? Integer.MAX_VALUE : limit;
  }

  /** Runs {@code start} as soon as a slot is free; {@link #leave} gives the slot back. */
  void enter(Runnable start) {
    waiting.add(start);
    admit();
  }

  void leave() {
    running--;
    admit();
  }

  /** Takes one that waits out of the queue. */
  void abandon(Runnable start) {
    waiting.remove(start);
  }

  int running() {
    return running;
  }

  int waiting() {
    return waiting.size();
  }

  /** A loop and not a recursion, though one that starts may leave before it returns. */
  private void admit() {
    if (admitting) {
      return;
    }
    admitting = true;
    try {
      while (running < limit && !waiting.isEmpty()) {
        running++;
        waiting.removeFirst().run();
      }
    } finally {
      admitting = false;
    }
  }
}
