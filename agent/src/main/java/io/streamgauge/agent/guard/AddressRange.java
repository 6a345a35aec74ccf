package io.streamgauge.agent.guard;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The addresses that share their first bits with one (CIDR, RFC 4632). An IPv4 address mapped into
 * IPv6 is the IPv4 address.
 */
record AddressRange(InetAddress base, int bits) {
  static final List<AddressRange> LOOPBACK = ranges("127.0.0.0/8", "::1/128");

  /** RFC 1918, RFC 4193 and link-local. */
  static final List<AddressRange> PRIVATE =
      ranges(
          "10.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "169.254.0.0/16",
          "fc00::/7",
          "fe80::/10");

  /** Where clouds hand credentials to whoever asks from inside; no engine lives there. */
  static final List<AddressRange> METADATA = ranges("169.254.169.254/32", "fd00:ec2::254/128");

  AddressRange {
    if (bits < 0 || bits > base.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException("a range of " + bits + " bits");
    }
  }

  /** Reads {@code ADDRESS} or {@code ADDRESS/BITS}; empty if it is neither. */
  static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> base = HostName.literal(slash < 0 ? text : text.substring(0, slash));
    if (slash < 0) {
      return base.map(address -> new AddressRange(address, address.getAddress().length * 8));
    }
    String bits = text.substring(slash + 1);
    return base.filter(
            address ->
                bits.matches("0|[1-9][0-9]{0,2}")
                    && Integer.parseInt(bits) <= address.getAddress().length * Byte.SIZE)
        .map(address -> new AddressRange(address, Integer.parseInt(bits)));
  }

  boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] theirs = address.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  static boolean anyContains(List<AddressRange> ranges, InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  private static List<AddressRange> ranges(String... texts) {
    return Stream.of(texts).map(text -> parse(text).orElseThrow()).toList();
  }
}
