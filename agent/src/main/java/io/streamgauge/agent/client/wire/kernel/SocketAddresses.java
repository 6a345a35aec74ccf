package io.streamgauge.agent.client.wire.kernel;

import io.netty.util.NetUtil;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Addresses as the kernel takes them: {@code sockaddr_in} and {@code sockaddr_in6}. */
final class SocketAddresses {
  private static final int IN = 16;
  private static final int IN6 = 28;

  /**
   * An address that is written out, which needs no resolving; by Netty's reading, because what is
   * an address on one wire must not be a name on the other.
   */
  static Optional<InetAddress> literal(String host) {
    return Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(host));
  }

  static int family(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address ? Libc.AF_INET6 : Libc.AF_INET;
  }

  static MemorySegment of(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    ByteBuffer bytes =
        ByteBuffer.allocate(host instanceof Inet6Address ? IN6 : IN)
            .order(ByteOrder.nativeOrder())
            .putShort((short) family(address))
            .order(ByteOrder.BIG_ENDIAN)
            .putShort((short) address.getPort());
    if (host instanceof Inet6Address six) {
      bytes.putInt(0).put(six.getAddress()).order(ByteOrder.nativeOrder()).putInt(six.getScopeId());
    } else {
      bytes.put(host.getAddress());
    }
    return MemorySegment.ofArray(bytes.array());
  }

  private SocketAddresses() {}
}
