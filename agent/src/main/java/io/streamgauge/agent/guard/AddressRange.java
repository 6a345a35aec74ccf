package io.streamgauge.agent.guard;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The addresses that share their first bits with one (CIDR, RFC 4632). An IPv4 address mapped into
 * IPv6 is the IPv4 address.
 */
record AddressRange(InetAddress base, int bits) {
  static final List<AddressRange> LOOPBACK = ranges("127.0.0.0/8", "::1/128");

  /** RFC 1918, RFC 4193 and link-local, the latter of IPv6 alone. */
  static final List<AddressRange> PRIVATE =
      ranges("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10");

  /**
   * Where clouds and their containers hand credentials to whoever asks from inside: all that is
   * link-local in IPv4, and by name AWS, Google, Scaleway, Alibaba, Azure and Oracle. No engine
   * lives there.
   */
  private static final List<AddressRange> METADATA =
      ranges(
          "169.254.0.0/16",
          "fd00:ec2::/32",
          "fd20:ce::/32",
          "fd00:42::/32",
          "100.100.100.200/32",
          "168.63.129.16/32",
          "192.0.0.192/32");

  private static final byte[] LINK_LOCAL = {(byte) 169, (byte) 254};

  /**
   * Whether an address is a cloud's metadata service; of IPv6 also where it carries such an address
   * of IPv4 in its last bits, as translated and some clouds' own ones do.
   */
  static boolean isMetadata(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean carried =
        bytes.length == 16 && Arrays.equals(bytes, 12, 14, LINK_LOCAL, 0, LINK_LOCAL.length);
    return carried || anyContains(METADATA, address);
  }

  /** Whether it is one address and no more. */
  boolean single() {
    return bits == base.getAddress().length * Byte.SIZE;
  }

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
