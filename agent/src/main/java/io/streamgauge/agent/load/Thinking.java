package io.streamgauge.agent.load;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/** Sessions between an answer and their next turn. On the lane's event loop. */
final class Thinking {
  private final LongSupplier clock;
  private final Timers timers;
  private final Set<Runnable> turns = new HashSet<>();

  Thinking(LongSupplier clock, Timers timers) {
    this.clock = clock;
    this.timers = timers;
  }

  int size() {
    return turns.size();
  }

  /** Runs {@code turn} at {@code due} of the clock, never sooner; at once where that is over. */
  void until(long due, Runnable turn) {
    turns.add(turn);
    look(due, turn);
  }

  private void look(long due, Runnable turn) {
    long left = due - clock.getAsLong();
    if (left > 0 && turns.contains(turn)) {
      timers.after(left, () -> look(due, turn));
    } else if (turns.remove(turn)) {
      turn.run();
    }
  }

  /** No turn goes any more. */
  void end() {
    turns.clear();
  }
}
