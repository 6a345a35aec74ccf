package io.streamgauge.common.agent;

import io.streamgauge.common.BusName;
import io.streamgauge.common.gpu.GpuInfo;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who an agent is.
 *
 * @param roles {@code load}, {@code gpu} or both
 * @param cores processors that its JVM may use
 * @param lanes event loops that it offers for load
 * @param version of the tool
 * @param jdk the Java version it runs on
 * @param gpus those that it can sample
 */
public record AgentInfo(
    String id,
    Set<String> roles,
    String host,
    int cores,
    int lanes,
    String version,
    String jdk,
    List<GpuInfo> gpus) {
  public AgentInfo {
    BusName.checkId("agent.id", id);
    BusName.checkWords("agent.host", host);
    BusName.checkWords("agent.version", version);
    BusName.checkWords("agent.jdk", jdk);
    roles.forEach(role -> BusName.checkId("agent.roles", role));
    roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles)); // one order everywhere
    gpus = List.copyOf(gpus);
  }

  /** On a host without GPUs. */
  public AgentInfo(
      String id, Set<String> roles, String host, int cores, int lanes, String version, String jdk) {
    this(id, roles, host, cores, lanes, version, jdk, List.of());
  }
}
