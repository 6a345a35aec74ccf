package io.streamgauge.common.node;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.PlanException;
import java.util.List;
import java.util.Optional;

/**
 * How a process takes part in a cluster.
 *
 * @param bind where it listens for other members; the event bus listens on the next port, or on any
 *     free one when the port is 0
 * @param members of the cluster that are known beforehand: where to ask for the others
 * @param cluster the name that tells this cluster from others
 * @param tls what protects the event bus; without it everybody who reaches the port can take part
 */
public record NodeOptions(
    HostPort bind, List<HostPort> members, String cluster, Optional<TlsFiles> tls) {
  /** The controller's, unless said otherwise. */
  public static final int DEFAULT_PORT = 5_701;

  public static final String DEFAULT_CLUSTER = "streamgauge";

  public NodeOptions(HostPort bind, List<HostPort> members, String cluster) {
    this(bind, members, cluster, Optional.empty());
  }

  public NodeOptions {
    members = List.copyOf(members);
    if (cluster.isBlank()) {
      throw new PlanException("cluster", cluster, "a name");
    }
    if (bind.host().equals("0.0.0.0") || bind.host().equals("::")) {
      throw new PlanException(
          "bind", bind, "the one address by which the other members reach this host");
    }
  }

  int busPort() {
    return bind.port() == 0 ? 0 : bind.port() + 1;
  }
}
