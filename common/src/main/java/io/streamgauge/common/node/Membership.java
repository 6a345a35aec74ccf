package io.streamgauge.common.node;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import io.streamgauge.common.HostPort;
import io.vertx.core.Vertx;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;

/** A process in its cluster. */
public final class Membership {
  private final Vertx vertx;
  private final HazelcastClusterManager manager;

  Membership(Vertx vertx, HazelcastClusterManager manager) {
    this.vertx = vertx;
    this.manager = manager;
  }

  public Vertx vertx() {
    return vertx;
  }

  /** Where this process is. */
  public HostPort place() {
    return place(hazelcast().getCluster().getLocalMember());
  }

  /** Where the other members are; with none this process is a cluster by itself. */
  public List<HostPort> others() {
    return hazelcast().getCluster().getMembers().stream()
        .filter(member -> !member.localMember())
        .map(Membership::place)
        .toList();
  }

  HazelcastInstance hazelcast() {
    return manager.getHazelcastInstance();
  }

  private static HostPort place(Member member) {
    return new HostPort(member.getAddress().getHost(), member.getAddress().getPort());
  }
}
