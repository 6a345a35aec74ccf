package io.streamgauge.agent.guard;

import io.streamgauge.common.plan.request.Target;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The targets that this agent's owner permits. Loopback always; private ranges (RFC 1918, RFC 4193,
 * link-local of IPv6) only if told so; all else only if listed, a cloud's metadata address only by
 * itself: no range holds it.
 *
 * <p>A name that is listed is allowed wherever it leads: who controls its DNS controls the target.
 * Any other name is looked up, and each of its addresses must be allowed, so that a stranger's name
 * that leads into a private network is refused. Not covered is a name that changes its answer
 * between this look and the connection's own (DNS rebinding), or that another resolver answers
 * differently: against that, list the name itself, or have plans give addresses. Redirects are none
 * of this guard's business because the load's client follows none.
 */
public final class AllowedTargets {
  /** How names are looked up. */
  @FunctionalInterface
  public interface Resolver {
    List<InetAddress> resolve(String host) throws UnknownHostException;
  }

  private final List<AllowRule> rules;
  private final boolean allowPrivate;
  private final Resolver resolver;

  /**
   * With the system's resolver.
   *
   * @param allowed each {@code HOST:PORT}; HOST a name, an address or a range, PORT a number or
   *     {@code *}
   * @throws io.streamgauge.common.PlanException if one of them has another form
   */
  public AllowedTargets(List<String> allowed, boolean allowPrivate) {
    this(allowed, allowPrivate, host -> Arrays.asList(InetAddress.getAllByName(host)));
  }

  public AllowedTargets(List<String> allowed, boolean allowPrivate, Resolver resolver) {
    this.rules = allowed.stream().map(AllowRule::parse).toList();
    this.allowPrivate = allowPrivate;
    this.resolver = resolver;
  }

  /** Judges a target. Looks its name up, so never call it on an event loop. */
  public TargetVerdict judge(Target target) {
    String written = target.address().host();
    String host = HostName.normal(written);
    if (HostName.isAmbiguous(written)) {
      return new TargetVerdict.Refused(
          "%s is no address of four decimal numbers, and read differently by different resolvers"
              .formatted(written));
    }
    try {
      Optional<InetAddress> literal = HostName.literal(host);
      List<InetAddress> addresses =
          literal.isPresent() ? List.of(literal.get()) : resolver.resolve(written);
      return judge(host, target.address().connectPort(), addresses);
    } catch (UnknownHostException e) {
      return new TargetVerdict.Refused(
          "the name %s cannot be looked up by this agent".formatted(host));
    }
  }

  private TargetVerdict judge(String host, int port, List<InetAddress> addresses) {
    if (rules.stream().anyMatch(rule -> rule.allowsName(host, port))) {
      return new TargetVerdict.Allowed(addresses);
    }
    return addresses.stream()
        .filter(address -> !allowed(address, port))
        .findFirst()
        .<TargetVerdict>map(address -> new TargetVerdict.Refused(reason(host, port, address)))
        .orElseGet(() -> new TargetVerdict.Allowed(addresses));
  }

  private boolean allowed(InetAddress address, int port) {
    return AddressRange.anyContains(AddressRange.LOOPBACK, address)
        || (allowPrivate && isPrivate(address))
        || rules.stream().anyMatch(rule -> rule.allowsAddress(address, port));
  }

  private static boolean isPrivate(InetAddress address) {
    return AddressRange.anyContains(AddressRange.PRIVATE, address)
        && !AddressRange.isMetadata(address);
  }

  private static String reason(String host, int port, InetAddress address) {
    String shown = address.getHostAddress().replaceFirst("%.*", "");
    String option = host.contains(":") ? "[" + host + "]" : host;
    return "%s is not on this agent's list of targets%s; start the agent with %s--allow-target %s:%d"
        .formatted(
            option + ":" + port,
            host.equals(shown) ? "" : " (it leads to %s)".formatted(shown),
            isPrivate(address) ? "--allow-private, or " : "",
            option,
            port);
  }
}
