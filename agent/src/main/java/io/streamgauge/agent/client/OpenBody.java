package io.streamgauge.agent.client;

import java.util.Arrays;

/** A request's body in UTF-8, with the place in it where its messages end. */
public final class OpenBody {
  private final byte[] bytes;
  private final int end;

  OpenBody(byte[] bytes, int end) {
    this.bytes = bytes;
    this.end = end;
  }

  /** All of it; nobody may change it. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes go before the end of the messages. */
  public int end() {
    return end;
  }

  /** What goes before the end of the messages. */
  public byte[] head() {
    return Arrays.copyOf(bytes, end);
  }

  /** What goes behind the messages, with the bracket that closes them. */
  public byte[] tail() {
    return Arrays.copyOfRange(bytes, end, bytes.length);
  }
}
