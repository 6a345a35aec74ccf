package io.streamgauge.agent.client.wire;

/** Hears of one connection; on the lane's event loop. */
public interface WireListener {
  /**
   * One read of the connection.
   *
   * @param bytes holds it from {@code offset} on, good until the call returns
   * @param stamp when it came, in ns of {@link System#nanoTime}
   */
  void read(byte[] bytes, int offset, int length, long stamp);

  /** The server has ended its side, and everything before that was read. */
  void ended();

  /** The connection broke. */
  void failed(Throwable why);

  /** Its descriptor is given back, whoever closed it. */
  void gone();
}
