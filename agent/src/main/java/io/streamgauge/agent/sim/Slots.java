package io.streamgauge.agent.sim;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Serves at most so many at once, the others in the order they came. A slot is taken from when it
 * is free and wanted, even if the engine gets round to it later: so its lateness shows.
 */
final class Slots {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final int limit;

  /** Each with its arrival. */
  private final LinkedHashMap<LongConsumer, Long> waiting = new LinkedHashMap<>();

  /** When slots that nobody has taken again were given back, the earliest first. */
  private final ArrayDeque<Long> freed = new ArrayDeque<>();

  private int running;
  private boolean admitting;

  /** A {@code limit} of 0 is none. */
  Slots(int limit) {
    this.limit = limit == 0 ? NO_LIMIT : limit;
  }

  /**
   * Tells {@code start}, as soon as a slot is free, since when who came at {@code arrived} has it;
   * {@link #leave} gives the slot back.
   */
  void enter(long arrived, LongConsumer start) {
    waiting.put(start, arrived);
    admit();
  }

  void leave(long now) {
    running--;
    if (limit != NO_LIMIT) {
      freed.add(now);
    }
    admit();
  }

  /** Takes one that waits out of the queue. */
  void abandon(LongConsumer start) {
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
        Map.Entry<LongConsumer, Long> first = waiting.pollFirstEntry();
        long since = take(first.getValue());
        first.getKey().accept(since);
      }
    } finally {
      admitting = false;
    }
  }

  /** Slots that nobody has had yet go first. */
  private long take(long arrived) {
    boolean fresh = running + freed.size() < limit;
    running++;
    long free = fresh ? arrived : freed.remove();
    return free - arrived > 0 ? free : arrived;
  }
}
