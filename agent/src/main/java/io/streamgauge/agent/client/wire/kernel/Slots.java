package io.streamgauge.agent.client.wire.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is open, by numbers that are used again: an epoll set knows a descriptor by its number. A
 * number may be another one's within the same look, so whoever is told to be ready may not be.
 */
final class Slots {
  private static final int FIRST = 64;

  /** Someone who has a number. */
  sealed interface Holder permits Opening, KernelSocket {
    /** The wire is closed. */
    void abandon();
  }

  private @Nullable Holder[] holders = new Holder[FIRST];
  private int[] free = new int[FIRST];
  private int freeCount;
  private int used;

  int take(Holder holder) {
    int slot = freeCount > 0 ? free[--freeCount] : used++;
    if (slot == holders.length) {
      holders = Arrays.copyOf(holders, slot * 2);
      free = Arrays.copyOf(free, slot * 2);
    }
    holders[slot] = holder;
    return slot;
  }

  void hand(int slot, Holder heir) {
    holders[slot] = heir;
  }

  @Nullable Holder holder(int slot) {
    return holders[slot];
  }

  void give(int slot) {
    holders[slot] = null;
    free[freeCount++] = slot;
  }

  boolean isEmpty() {
    return used == freeCount;
  }

  List<Holder> all() {
    return Arrays.stream(holders).filter(Objects::nonNull).toList();
  }
}
