package io.streamgauge.agent.stream.scan;

import io.streamgauge.agent.stream.Span;
import java.util.Arrays;
import java.util.List;

/**
 * A token event as its server repeats it all day: its bytes but for the holes, in which the text
 * lies and what names the answer or counts its events. What an event says of itself is in the bytes
 * around them, so an event with the same bytes says the same.
 */
final class EventTemplate {
  static final int NONE = -1;

  private final byte[] fixed;
  private final int[] ends;
  private final EventHole[] holes;
  private final boolean answer;
  private final JsonCursor cursor = new JsonCursor();

  /**
   * The template of an event.
   *
   * @param event with the lines around its data
   * @param cuts its holes, in their order
   * @param answer whether its text is of the answer, or of thinking
   */
  EventTemplate(byte[] data, Span event, List<EventHole.Cut> cuts, boolean answer) {
    this.fixed =
        new byte[event.length() - cuts.stream().mapToInt(cut -> cut.place().length()).sum()];
    this.ends = new int[cuts.size() + 1];
    this.holes = cuts.stream().map(EventHole.Cut::hole).toArray(EventHole[]::new);
    this.answer = answer;
    int at = event.from();
    int size = 0;
    for (int i = 0; i < ends.length; i++) {
      boolean last = i == cuts.size();
      int end = last ? event.to() : cuts.get(i).place().from();
      System.arraycopy(data, at, fixed, size, end - at);
      size += end - at;
      ends[i] = size;
      at = last ? end : cuts.get(i).place().to();
    }
  }

  /** Where the event of this template ends that begins here; {@link #NONE} where none does. */
  int end(byte[] data, int from, int limit) {
    int at = from;
    int begin = 0;
    for (int i = 0; i < ends.length; i++) {
      int end = ends[i];
      int next = at + end - begin;
      if (next > limit || !Arrays.equals(data, at, next, fixed, begin, end)) {
        return NONE;
      }
      at = next;
      begin = end;
      if (i < holes.length) {
        int filled = filled(holes[i], data, at, limit);
        if (filled <= at) {
          return NONE;
        }
        at = filled;
      }
    }
    return at;
  }

  private int filled(EventHole hole, byte[] data, int at, int limit) {
    return hole == EventHole.TEXT ? cursor.textEnd(data, at, limit) : hole.end(data, at, limit);
  }

  boolean answer() {
    return answer;
  }
}
