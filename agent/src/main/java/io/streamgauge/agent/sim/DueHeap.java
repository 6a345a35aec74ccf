package io.streamgauge.agent.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tasks by the time when they are due, as a binary heap. The times lie beside each other, so that
 * looking for the earliest touches no task.
 */
final class DueHeap<T> {
  private static final int CAPACITY = 64;

  private long[] times = new long[CAPACITY];
  private @Nullable Object[] tasks = new Object[CAPACITY];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /** When the earliest is due; only while there is one. */
  long earliest() {
    return times[0];
  }

  void add(long time, T task) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      tasks = Arrays.copyOf(tasks, 2 * size);
    }
    rise(size++, time, task);
  }

  /** Takes out the earliest; only while there is one. */
  @SuppressWarnings("unchecked")
  T poll() {
    T task = (T) tasks[0];
    removeAt(0);
    return task;
  }

  /** Takes out a task wherever it is. */
  @SuppressWarnings("ReferenceEquality") // that very task
  void remove(T task) {
    for (int at = 0; at < size; at++) {
      if (tasks[at] == task) {
        removeAt(at);
        return;
      }
    }
  }

  private void removeAt(int hole) {
    long time = times[--size];
    Object task = tasks[size];
    tasks[size] = null;
    if (hole < size) {
      sink(hole, time, task);
    }
  }

  /**
   * Puts a task at {@code at} or, as long as it is earlier than its parent, in that one's place.
   */
  private void rise(int at, long time, @Nullable Object task) {
    while (at > 0 && time - times[(at - 1) / 2] < 0) {
      move((at - 1) / 2, at);
      at = (at - 1) / 2;
    }
    times[at] = time;
    tasks[at] = task;
  }

  /** Moves the earlier children up as far as there are any, and lets the task rise from there. */
  private void sink(int at, long time, @Nullable Object task) {
    for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && times[child + 1] - times[child] < 0) {
        child++;
      }
      move(child, at);
      at = child;
    }
    rise(at, time, task);
  }

  private void move(int from, int to) {
    times[to] = times[from];
    tasks[to] = tasks[from];
  }
}
