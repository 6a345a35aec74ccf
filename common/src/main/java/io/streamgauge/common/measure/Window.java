package io.streamgauge.common.measure;

/** A span of time in nanoseconds from the level's start. {@link #plus} is the union's hull. */
public record Window(long from, long to) {
  public static final Window EMPTY = new Window(Long.MAX_VALUE, Long.MIN_VALUE);

  /** From the moment a request was sent (or tried) to its end. */
  public static Window of(RequestRecord request) {
    long from = request.sent() != RequestRecord.NONE ? request.sent() : request.started();
    return from == RequestRecord.NONE || request.ended() == RequestRecord.NONE
        ? EMPTY
        : new Window(from, request.ended());
  }

  public Window plus(Window other) {
    return new Window(Math.min(from, other.from), Math.max(to, other.to));
  }

  /** Whether it reaches over {@code time}, its end included. */
  public boolean holds(long time) {
    return from <= time && time <= to;
  }

  /** Length in seconds, 0 when empty. */
  public double seconds() {
    return to <= from ? 0 : (to - from) / 1e9;
  }
}
