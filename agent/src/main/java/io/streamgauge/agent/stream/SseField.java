package io.streamgauge.agent.stream;

import java.util.Arrays;

/** The fields that a line of an event stream may be of. */
final class SseField {
  static final byte[] DATA = {'d', 'a', 't', 'a'};
  static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};
  static final byte[] ID = {'i', 'd'};
  static final byte[] RETRY = {'r', 'e', 't', 'r', 'y'};
  private static final byte[][] FIELDS = {DATA, EVENT, ID, RETRY};

  /** Where the value of a line of this field begins, or -1 if it is another line. */
  static int value(byte[] field, byte[] bytes, int from, int to) {
    int colon = from + field.length;
    if (to < colon || !Arrays.equals(bytes, from, colon, field, 0, field.length)) {
      return -1;
    }
    if (to == colon) {
      return to;
    }
    if (bytes[colon] != ':') {
      return -1;
    }
    return to - colon > 1 && bytes[colon + 1] == ' ' ? colon + 2 : colon + 1;
  }

  /** Whether more bytes could have made a known field, or a comment, of the line. */
  static boolean maybe(byte[] bytes, int from, int to) {
    for (byte[] field : FIELDS) {
      int length = Math.min(field.length, to - from);
      if (Arrays.equals(bytes, from, from + length, field, 0, length)
          && (length == to - from || bytes[from + length] == ':')) {
        return true;
      }
    }
    return bytes[from] == ':';
  }

  /** The length of the mark that a body may begin with. */
  static int byteOrderMark(byte[] bytes, int from, int to) {
    boolean marked =
        to - from >= 3
            && bytes[from] == (byte) 0xEF
            && bytes[from + 1] == (byte) 0xBB
            && bytes[from + 2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  private SseField() {}
}
