package io.streamgauge.agent.stream;

/** The payload {@code [DONE]} that ends a stream of the OpenAI API. */
final class Done {
  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

  static boolean is(byte[] data, int offset, int length) {
    if (length != DONE.length) {
      return false;
    }
    for (int i = 0; i < DONE.length; i++) {
      if (data[offset + i] != DONE[i]) {
        return false;
      }
    }
    return true;
  }

  private Done() {}
}
