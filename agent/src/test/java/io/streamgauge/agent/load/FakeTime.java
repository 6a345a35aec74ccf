package io.streamgauge.agent.load;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A clock that moves only when told, and timers that fire on the way, each {@code late} after its
 * time.
 */
final class FakeTime {
  private record Pending(long at, long order, Runnable task) {}

  private final PriorityQueue<Pending> pending =
      new PriorityQueue<>(Comparator.comparingLong(Pending::at).thenComparingLong(Pending::order));
  private final long late;
  private long now;
  private long order;

  FakeTime(long start, long late) {
    this.now = start;
    this.late = late;
  }

  long now() {
    return now;
  }

  /** Time that passes while something runs. */
  void pass(long nanos) {
    now += nanos;
  }

  Timers timers() {
    return (delay, task) -> {
      Pending timer = new Pending(now + Math.max(1, delay) + late, order++, task);
      pending.add(timer);
      return () -> pending.remove(timer);
    };
  }

  /** Fires everything that is due until {@code end}. */
  void runUntil(long end) {
    while (!pending.isEmpty() && pending.peek().at() <= end) {
      Pending next = pending.poll();
      now = Math.max(now, next.at());
      next.task().run();
    }
    now = Math.max(now, end);
  }
}
