package io.streamgauge.agent.sim.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** When the events of a reply were written; nanoseconds of {@code System.nanoTime()}. */
public final class EventTimes {
  private final long[] times;

  @JsonCreator
  public EventTimes(long[] times) {
    this.times = times.clone();
  }

  private EventTimes(long[] times, int count) {
    this.times = times.length == count ? times : Arrays.copyOf(times, count);
  }

  /** The first {@code count}, of which {@code times} keeps no other owner. */
  static EventTimes first(int count, long[] times) {
    return new EventTimes(times, count);
  }

  public int count() {
    return times.length;
  }

  public long get(int event) {
    return times[event];
  }

  @JsonValue
  public long[] values() {
    return times.clone();
  }

  @Override
  public String toString() {
    return Arrays.toString(times);
  }
}
