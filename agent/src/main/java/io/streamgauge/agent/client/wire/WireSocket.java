package io.streamgauge.agent.client.wire;

import java.util.function.LongConsumer;

/** One open connection of a {@link Wire}. */
public interface WireSocket {
  /** From now on {@code listener} hears of what comes. */
  void listen(WireListener listener);

  /**
   * Sends these bytes, which must not be changed afterwards. What the kernel takes at once was
   * handed over when the write began: a stamp after it could lie behind the server's own start,
   * because the write wakes the server. What has to wait is handed over when its last byte is.
   *
   * @param handed gets that time, in ns of {@link System#nanoTime}; not called where the connection
   *     breaks before
   */
  void send(byte[] bytes, LongConsumer handed);

  /**
   * Whether the server has closed its side, as far as that has come here; also notes what it has
   * acknowledged so far.
   */
  boolean closed();

  /** Whether the server has certainly got no byte since the last call of {@link #closed}. */
  boolean gotNothing();

  /** Closes it; the listener hears nothing more but {@link WireListener#gone}. */
  void close();
}
