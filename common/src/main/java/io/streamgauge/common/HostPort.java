package io.streamgauge.common;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A host, as a name or an address (IPv6 without brackets), and a port; 0 stands for any free one.
 */
public record HostPort(String host, int port) {
  private static final int MOST = 65_535;

  public HostPort {
    if (host.isBlank()) {
      throw new PlanException("host", host, "a name or an address");
    }
    if (port < 0 || port > MOST) {
      throw new PlanException("port", port, "a number from 0 to " + MOST);
    }
  }

  /**
   * Reads {@code HOST} or {@code HOST:PORT}, with IPv6 addresses in brackets.
   *
   * @param field what it is, for the error
   * @throws PlanException when the text is neither
   */
  public static HostPort parse(String field, String text, int defaultPort) {
    String strict = text.strip();
    int colon = strict.lastIndexOf(':');
    boolean bracketed = strict.startsWith("[") && strict.contains("]");
    boolean port =
        colon >= 0 && (bracketed ? colon > strict.indexOf(']') : strict.indexOf(':') == colon);
    String host = port ? strict.substring(0, colon) : strict;
    try {
      return new HostPort(
          bracketed ? host.substring(1, host.length() - 1) : host,
          port ? Integer.parseInt(strict.substring(colon + 1)) : defaultPort);
    } catch (NumberFormatException | PlanException _) {
      throw new PlanException(field, text, "HOST or HOST:PORT, e.g. 10.0.0.5:5701");
    }
  }

  /** Whether nobody on another host can reach it. */
  public boolean loopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
