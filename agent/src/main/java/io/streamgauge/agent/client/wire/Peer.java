package io.streamgauge.agent.client.wire;

import io.netty.channel.Channel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel knows of a connection's other end: Linux's {@code TCP_INFO}, which Netty's epoll
 * hands out. Where nothing is known the connection counts as open and its bytes as read.
 */
final class Peer {
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_INFO = 11;
  private static final int BYTES_ACKED = 120;
  private static final int ESTABLISHED = 1;
  private static final RawUnixChannelOption INFO =
      new RawUnixChannelOption("TCP_INFO", IPPROTO_TCP, TCP_INFO, BYTES_ACKED + Long.BYTES);
  private static final boolean LINUX = System.getProperty("os.name").equals("Linux");
  private static final long UNKNOWN = -1;

  private final Channel channel;
  private long acknowledged = UNKNOWN;

  Peer(Channel channel) {
    this.channel = channel;
  }

  /**
   * Whether it has closed its side, as far as that has come here; also notes what it has
   * acknowledged so far.
   */
  boolean closed() {
    ByteBuffer info = info();
    acknowledged = acknowledged(info);
    return info != null && info.get(0) != ESTABLISHED;
  }

  /** Whether it has certainly got no byte since the last call of {@link #closed}. */
  boolean gotNothing() {
    return acknowledged != UNKNOWN && acknowledged(info()) == acknowledged;
  }

  private static long acknowledged(@Nullable ByteBuffer info) {
    return info == null || info.remaining() < BYTES_ACKED + Long.BYTES
        ? UNKNOWN
        : info.order(ByteOrder.nativeOrder()).getLong(BYTES_ACKED);
  }

  private @Nullable ByteBuffer info() {
    return LINUX && channel.isOpen() ? channel.config().getOption(INFO) : null;
  }
}
