package io.streamgauge.agent.stream;

import org.jspecify.annotations.Nullable;

/**
 * The lines around an event's data, where that is one line below the event's name or none. They say
 * by themselves what they are, whatever the decoder has met before them.
 */
public final class EventLines {
  private static final int LONGEST = 128;
  private static final byte LF = '\n';
  private static final byte CR = '\r';

  /** The event with its lines up to the blank one; null where others are among them. */
  public static @Nullable Span around(byte[] data, Span read, Span payload) {
    int first = before(data, read.from(), payload.from());
    int end = behind(data, payload.to(), read.to());
    return payload.from() - first > LONGEST || first == payload.from() || end == payload.to()
        ? null
        : new Span(first, end);
  }

  /** Where the lines begin that stand before data; {@code payload} where others do. */
  private static int before(byte[] data, int from, int payload) {
    int line = lineStart(data, from, payload);
    if (SseField.value(SseField.DATA, data, line, payload) != payload) {
      return payload;
    }
    int end = lineEnd(data, from, line);
    int above = lineStart(data, from, end);
    int name = SseField.value(SseField.EVENT, data, above, end);
    return name >= 0 && EventName.of(data, name, end) == EventName.ORDINARY ? above : line;
  }

  /** Where the line ends that stands before another. */
  private static int lineEnd(byte[] data, int from, int line) {
    int end = line;
    end -= end > from && data[end - 1] == LF ? 1 : 0;
    end -= end > from && data[end - 1] == CR ? 1 : 0;
    return end;
  }

  private static int lineStart(byte[] data, int from, int at) {
    int start = at;
    while (start > from && data[start - 1] != LF && data[start - 1] != CR) {
      start--;
    }
    return start;
  }

  /** Where the next event begins, if a line and a blank one end here; else {@code at}. */
  private static int behind(byte[] data, int at, int limit) {
    if (limit - at >= 2 && data[at] == LF && data[at + 1] == LF) {
      return at + 2;
    }
    boolean returns =
        limit - at >= 4
            && data[at] == CR
            && data[at + 1] == LF
            && data[at + 2] == CR
            && data[at + 3] == LF;
    return returns ? at + 4 : at;
  }

  private EventLines() {}
}
