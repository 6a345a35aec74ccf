package io.streamgauge.agent.stream.scan;

import io.streamgauge.agent.stream.ByteScan;
import java.util.Arrays;

/**
 * The bytes around the text of the last token event. A stream mostly repeats them with another text
 * between, and as one JSON string may stand wherever another does, such an event says the same.
 */
final class EventShape {
  private static final int LONGEST = 2 << 10;

  private byte[] bytes = {};
  private int before;
  private int after;
  private int kinds;
  private boolean oneLine;

  /** Keeps the shape of an event whose text lies in {@code [from, to)} of the array. */
  void keep(byte[] data, int offset, int length, int from, int to, int kinds) {
    int size = length - (to - from);
    if (size > LONGEST) {
      return;
    }
    if (size > bytes.length) {
      bytes = new byte[size];
    }
    before = from - offset;
    after = size - before;
    System.arraycopy(data, offset, bytes, 0, before);
    System.arraycopy(data, to, bytes, before, after);
    this.kinds = kinds;
    oneLine = ByteScan.lineEnd(bytes, 0, size) == size;
  }

  /** Whether the event has this shape around one byte or more, which remain to be looked at. */
  boolean fits(byte[] data, int offset, int length) {
    int textEnd = offset + length - after;
    return before > 0
        && length > before + after
        && Arrays.equals(data, textEnd, offset + length, bytes, before, before + after)
        && Arrays.equals(data, offset, offset + before, bytes, 0, before);
  }

  /** Whether an event that begins here, and may be all of a line, has the shape up to its text. */
  boolean begins(byte[] data, int offset, int limit) {
    return before > 0
        && oneLine
        && limit - offset >= before
        && Arrays.equals(data, offset, offset + before, bytes, 0, before);
  }

  /** Where the event ends whose text ends here; -1 where it goes on in another way. */
  int end(byte[] data, int textEnd, int limit) {
    int end = textEnd + after;
    return end <= limit && Arrays.equals(data, textEnd, end, bytes, before, before + after)
        ? end
        : -1;
  }

  int textStart(int offset) {
    return offset + before;
  }

  int textEnd(int offset, int length) {
    return offset + length - after;
  }

  int kinds() {
    return kinds;
  }
}
