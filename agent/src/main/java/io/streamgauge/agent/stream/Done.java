package io.streamgauge.agent.stream;

/** The payload {@code [DONE]} that ends a stream of the OpenAI API, in whatever case. */
public final class Done {
  private static final byte[] DONE = {'[', 'd', 'o', 'n', 'e', ']'};
  private static final int CASE = 0x20;

  public static boolean is(byte[] data, int offset, int length) {
    if (length != DONE.length || data[offset] != '[' || data[offset + length - 1] != ']') {
      return false;
    }
    for (int i = 1; i < DONE.length - 1; i++) {
      if ((data[offset + i] | CASE) != DONE[i]) {
        return false;
      }
    }
    return true;
  }

  private Done() {}
}
