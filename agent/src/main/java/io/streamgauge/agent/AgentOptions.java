package io.streamgauge.agent;

import io.streamgauge.agent.link.LinkLimits;
import io.streamgauge.common.BusName;
import io.streamgauge.common.HostPort;
import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.gpu.GpuInfo;
import io.streamgauge.common.node.Version;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How an agent is started.
 *
 * @param place where its process takes part in the cluster, if it is one of its own
 * @param link how it keeps in touch with its controller
 */
public record AgentOptions(
    String id, Set<Role> roles, int lanes, Optional<HostPort> place, LinkLimits link) {

  /** What an agent does: fires load, or looks after the GPU host and its engine. */
  public enum Role {
    LOAD,
    GPU
  }

  public AgentOptions {
    BusName.checkId("id", id);
    roles = Set.copyOf(roles);
  }

  /** One that is not in a cluster, or not yet. */
  public AgentOptions(String id, Set<Role> roles, int lanes) {
    this(id, roles, lanes, Optional.empty(), LinkLimits.DEFAULT);
  }

  /** The same at its place in the cluster. */
  public AgentOptions at(HostPort where) {
    return new AgentOptions(id, roles, lanes, Optional.of(where), link);
  }

  /** The same with other limits. */
  public AgentOptions with(LinkLimits limits) {
    return new AgentOptions(id, roles, lanes, place, limits);
  }

  /** An agent of both roles with as many lanes as leave a core for everything else. */
  public static AgentOptions embedded(int number, int agents) {
    int lanes = Math.max(1, Runtime.getRuntime().availableProcessors() / 2 / agents);
    return new AgentOptions("agent-" + number, Set.of(Role.LOAD, Role.GPU), lanes);
  }

  AgentInfo info(List<GpuInfo> gpus) {
    return new AgentInfo(
        id,
        roles.stream()
            .map(role -> role.name().toLowerCase(java.util.Locale.ROOT))
            .collect(java.util.stream.Collectors.toSet()),
        host(),
        Runtime.getRuntime().availableProcessors(),
        lanes,
        Version.TOOL,
        Runtime.version().toString(),
        gpus);
  }

  /** This process, told apart from those of all other hosts. */
  public static String process() {
    return host() + ":" + ProcessHandle.current().pid();
  }

  public static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "unknown";
    }
  }
}
