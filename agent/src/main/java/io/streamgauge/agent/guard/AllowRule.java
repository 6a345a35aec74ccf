package io.streamgauge.agent.guard;

import io.streamgauge.common.PlanException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code --allow-target HOST:PORT}.
 *
 * @param host a name in lower case, or empty when addresses are meant
 * @param range addresses, or empty when a name is meant
 * @param port empty for every port
 */
record AllowRule(Optional<String> host, Optional<AddressRange> range, Optional<Integer> port) {
  private static final Pattern FORM = Pattern.compile("(\\[[^\\]]+]|[^\\[\\]:]+):(\\*|[0-9]{1,5})");
  private static final String NAME =
      "([a-z0-9]([a-z0-9_-]*[a-z0-9])?\\.)*[a-z0-9]([a-z0-9_-]*[a-z0-9])?";
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Reads {@code vllm.example:8000}, {@code 10.0.0.5:8000}, {@code 10.0.0.0/24:*}, {@code
   * [fd00::/8]:8000}.
   */
  static AllowRule parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw wrong(text);
    }
    Optional<Integer> port =
        form.group(2).equals("*") ? Optional.empty() : Optional.of(Integer.parseInt(form.group(2)));
    if (port.isPresent() && (port.get() < 1 || port.get() > HIGHEST_PORT)) {
      throw wrong(text);
    }
    String host = HostName.normal(form.group(1));
    Optional<AddressRange> range = AddressRange.parse(host);
    if (range.isPresent()) {
      return new AllowRule(Optional.empty(), range, port);
    }
    if (!host.matches(NAME) || HostName.isAmbiguous(host)) {
      throw wrong(text);
    }
    return new AllowRule(Optional.of(host), Optional.empty(), port);
  }

  boolean allowsName(String name, int to) {
    return host.isPresent() && host.get().equals(name) && allowsPort(to);
  }

  boolean allowsAddress(InetAddress address, int to) {
    return range.isPresent()
        && range.get().contains(address)
        && (range.get().single() || !AddressRange.isMetadata(address))
        && allowsPort(to);
  }

  private boolean allowsPort(int to) {
    return port.isEmpty() || port.get() == to;
  }

  private static PlanException wrong(String text) {
    return new PlanException(
        "allow-target",
        text,
        "HOST:PORT with a name, an address or a range such as 10.0.0.0/24 or [fd00::/8], and a port"
            + " or *");
  }
}
