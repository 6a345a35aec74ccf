package io.streamgauge.agent.client.wire.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** What the kernel knows of a connection's other end: {@code TCP_INFO}. */
final class PeerInfo {
  static final long UNKNOWN = -1;

  private static final int TCP_INFO = 11;
  private static final int BYTES_ACKED = 120;
  private static final int LENGTH = BYTES_ACKED + Long.BYTES;
  private static final int ESTABLISHED = 1;

  private final Libc libc;
  private final MemorySegment info = MemorySegment.ofArray(new byte[LENGTH]);

  PeerInfo(Libc libc) {
    this.libc = libc;
  }

  /** Whether it has closed its side, as far as that has come here. */
  boolean closed(int fd) {
    return read(fd) > 0 && info.get(JAVA_BYTE, 0) != ESTABLISHED;
  }

  /** The bytes that it has acknowledged; {@link #UNKNOWN} where the kernel is too old to tell. */
  long acknowledged(int fd) {
    return read(fd) >= LENGTH ? info.get(JAVA_LONG_UNALIGNED, BYTES_ACKED) : UNKNOWN;
  }

  private int read(int fd) {
    return libc.get(fd, Libc.IPPROTO_TCP, TCP_INFO, info, LENGTH);
  }
}
