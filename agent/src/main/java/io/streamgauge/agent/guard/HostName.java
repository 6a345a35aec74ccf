package io.streamgauge.agent.guard;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/** The host of a URL in the one form in which hosts are compared. */
final class HostName {
  private static final String BYTE = "(0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])";
  private static final String DOTTED = BYTE + "(\\." + BYTE + "){3}";

  /** Lower case, without brackets, zone and the root's dot. */
  static String normal(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[") && name.endsWith("]")) {
      return name.substring(1, name.length() - 1).replaceFirst("%.*", "");
    }
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** An address written as one, never looked up; empty for a name. */
  static Optional<InetAddress> literal(String normal) {
    if (!normal.matches(DOTTED) && !normal.contains(":")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(normal));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether a host ends in a number without being an address of four plain decimal numbers: {@code
   * 2130706433}, {@code 127.1}, {@code 0x7f.0.0.1}, {@code 0177.0.0.1}, {@code 127.0.0.1.}. One
   * resolver reads it as an address, another one as a different address or a name.
   */
  static boolean isAmbiguous(String host) {
    String name = normal(host);
    String last = name.substring(name.lastIndexOf('.') + 1);
    return !host.contains(":") && !host.matches(DOTTED) && last.matches("[0-9]+|0[xX][0-9a-fA-F]*");
  }

  private HostName() {}
}
