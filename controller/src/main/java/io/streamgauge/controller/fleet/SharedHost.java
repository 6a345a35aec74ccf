package io.streamgauge.controller.fleet;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.plan.request.TargetUrl;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** Whether a target is on the host of one of the agents that load it. */
public final class SharedHost {
  /**
   * The target's host as its URL names it, where it is an agent's: a loopback address, an agent's
   * name, or an address of this host while an agent runs on it. Looks the name up; a name that does
   * not resolve is nobody's host.
   */
  public static Optional<String> of(String url, List<AgentInfo> agents) {
    String host = TargetUrl.parse(url).host();
    return agents.stream().anyMatch(agent -> agent.host().equalsIgnoreCase(host))
            || local(host, agents)
        ? Optional.of(host)
        : Optional.empty();
  }

  private static boolean local(String host, List<AgentInfo> agents) {
    try {
      InetAddress address = InetAddress.getByName(host);
      String here = InetAddress.getLocalHost().getHostName();
      return address.isLoopbackAddress()
          || (agents.stream().anyMatch(agent -> agent.host().equals(here))
              && NetworkInterface.getByInetAddress(address) != null);
    } catch (UnknownHostException | SocketException _) {
      return false;
    }
  }

  private SharedHost() {}
}
