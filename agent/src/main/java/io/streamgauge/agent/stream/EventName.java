package io.streamgauge.agent.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** What the name of an event, its field {@code event}, says of it. */
public enum EventName {
  /** None, or one that says no more than the data does. */
  ORDINARY,
  ERROR,
  KEEP_ALIVE;

  private static final int LONGEST = 64;

  static EventName of(byte[] bytes, int from, int to) {
    String name = new String(bytes, from, Math.min(to - from, LONGEST), ISO_8859_1);
    if (KeepAlives.isWord(name)) {
      return KEEP_ALIVE;
    }
    return ErrorSigns.inType(name) ? ERROR : ORDINARY;
  }
}
