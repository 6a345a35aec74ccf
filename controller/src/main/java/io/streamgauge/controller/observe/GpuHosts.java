package io.streamgauge.controller.observe;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.plan.request.TargetUrl;
import io.streamgauge.controller.fleet.SharedHost;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whose GPUs are sampled for a target.
 *
 * @param agents their ids
 * @param assumed whether nothing shows that the target runs there
 */
record GpuHosts(Set<String> agents, boolean assumed) {
  static final GpuHosts NONE = new GpuHosts(Set.of(), false);

  GpuHosts {
    agents = Set.copyOf(agents);
  }

  /** The agent that starts the engine. */
  static GpuHosts ofEngine(AgentInfo host) {
    return host.gpus().isEmpty() ? NONE : new GpuHosts(Set.of(host.id()), false);
  }

  /**
   * For a server that runs already: the agents on its host; else those that were started for
   * nothing but their GPUs, which is their owner's word that the target is there. GPUs of a host
   * that fires load at a target elsewhere say nothing of it. Looks the target's name up.
   */
  static GpuHosts ofServed(String url, List<AgentInfo> gpu, List<AgentInfo> load) {
    List<AgentInfo> able = distinct(gpu);
    List<AgentInfo> there = able.stream().filter(agent -> runsOn(url, agent, load)).toList();
    if (!there.isEmpty()) {
      return new GpuHosts(ids(there), false);
    }
    List<AgentInfo> meant = able.stream().filter(agent -> !agent.roles().contains("load")).toList();
    return meant.isEmpty() ? NONE : new GpuHosts(ids(meant), true);
  }

  /** Two agents of one host see the same GPUs; one of them is enough. */
  private static List<AgentInfo> distinct(List<AgentInfo> agents) {
    Set<String> seen = new HashSet<>();
    return agents.stream()
        .filter(
            agent ->
                agent.gpus().stream().map(known -> seen.add(known.uuid())).toList().contains(true))
        .toList();
  }

  private static Set<String> ids(List<AgentInfo> agents) {
    return new HashSet<>(agents.stream().map(AgentInfo::id).toList());
  }

  /** A loopback address is that of whoever loads it. */
  private static boolean runsOn(String url, AgentInfo agent, List<AgentInfo> load) {
    return SharedHost.of(url, List.of(agent)).isPresent()
        && (!loopback(url) || load.stream().anyMatch(other -> other.host().equals(agent.host())));
  }

  private static boolean loopback(String url) {
    try {
      return InetAddress.getByName(TargetUrl.parse(url).host()).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }
}
