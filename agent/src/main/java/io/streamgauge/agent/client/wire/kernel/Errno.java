package io.streamgauge.agent.client.wire.kernel;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;

/** Errors of system calls by number, which is the same on all 64-bit Linux systems here. */
final class Errno {
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int EPIPE = 32;
  static final int ECONNRESET = 104;
  static final int EINPROGRESS = 115;

  /** What broke an open connection. */
  static IOException broken(int errno) {
    return new IOException(Libc.words(errno));
  }

  /** Why there was no connection to {@code address}. */
  static ConnectException connecting(int errno, InetSocketAddress address) {
    return new ConnectException(Libc.words(errno) + ": " + address);
  }

  private Errno() {}
}
