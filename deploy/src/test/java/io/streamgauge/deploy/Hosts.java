package io.streamgauge.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hosts on this machine, made of network namespaces: each has a link to the cluster that can be cut
 * and another one to the server under test that stays. Needs root and {@code ip}.
 */
final class Hosts implements AutoCloseable {
  private final int count;
  private final int net = ThreadLocalRandom.current().nextInt(1, 250);

  private Hosts(int count) {
    this.count = count;
  }

  /** Makes so many hosts, or skips the test where this system does not let us. */
  static Hosts make(int count) {
    Hosts hosts = new Hosts(count);
    String failure = Shell.attempt(hosts.setUp());
    if (!failure.isEmpty()) {
      hosts.close();
      assumeTrue(false, "no network namespaces can be made here: " + failure);
    }
    return hosts;
  }

  /** Where this machine takes part in the cluster. */
  String cluster() {
    return "10.77.%d.1".formatted(net);
  }

  /** Another such place. */
  String second() {
    return "10.77.%d.2".formatted(net);
  }

  /** Where this machine serves all hosts whatever becomes of the cluster's links. */
  String server() {
    return "10.78.%d.1".formatted(net);
  }

  /** A host's address in the cluster; they count from 1. */
  String address(int host) {
    return "10.77.%d.%d".formatted(net, 10 + host);
  }

  /** How a command is run on a host. */
  List<String> on(int host) {
    return List.of("ip", "netns", "exec", name(host));
  }

  /** Cuts a host off the cluster. */
  void cut(int host) {
    Shell.run("ip link set sgc%d-%d down".formatted(net, host));
  }

  void heal(int host) {
    Shell.run("ip link set sgc%d-%d up".formatted(net, host));
  }

  private String name(int host) {
    return "sg%d-%d".formatted(net, host);
  }

  private String setUp() {
    StringBuilder script =
        new StringBuilder(
            """
            ip link add name sgb%1$d type bridge
            ip addr add 10.77.%1$d.1/24 dev sgb%1$d
            ip addr add 10.77.%1$d.2/24 dev sgb%1$d
            ip link set sgb%1$d up
            ip addr add 10.78.%1$d.1/32 dev lo
            """
                .formatted(net));
    for (int host = 1; host <= count; host++) {
      script.append(
          """
          ip netns add sg%1$d-%2$d
          ip -n sg%1$d-%2$d link set lo up
          ip link add sgc%1$d-%2$d type veth peer name c0 netns sg%1$d-%2$d
          ip link set sgc%1$d-%2$d master sgb%1$d up
          ip -n sg%1$d-%2$d addr add 10.77.%1$d.%3$d/24 dev c0
          ip -n sg%1$d-%2$d link set c0 up
          ip link add sgl%1$d-%2$d type veth peer name l0 netns sg%1$d-%2$d
          ip addr add 10.78.%1$d.%4$d/30 dev sgl%1$d-%2$d
          ip link set sgl%1$d-%2$d up
          ip -n sg%1$d-%2$d addr add 10.78.%1$d.%5$d/30 dev l0
          ip -n sg%1$d-%2$d link set l0 up
          ip -n sg%1$d-%2$d route add 10.78.%1$d.1 via 10.78.%1$d.%4$d
          """
              .formatted(net, host, 10 + host, 4 * host + 1, 4 * host + 2));
    }
    return script.toString();
  }

  /** Whatever is there of it; links go with their namespaces and bridge. */
  @Override
  public void close() {
    for (int host = 1; host <= count; host++) {
      Shell.attempt("ip netns del " + name(host));
      Shell.attempt("ip link del sgc%d-%d".formatted(net, host));
      Shell.attempt("ip link del sgl%d-%d".formatted(net, host));
    }
    Shell.attempt("ip link del sgb" + net);
    Shell.attempt("ip addr del 10.78.%d.1/32 dev lo".formatted(net));
  }
}
