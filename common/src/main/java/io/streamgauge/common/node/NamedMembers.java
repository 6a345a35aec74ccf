package io.streamgauge.common.node;

import com.hazelcast.config.TcpIpConfig;
import io.streamgauge.common.HostPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Members by names that are looked up whenever Hazelcast asks: when it joins, and every few seconds
 * when it looks for parts of the cluster that were cut off. A name may stand for many members that
 * come and go. Left to itself Hazelcast takes of a name's addresses none but its own, because it is
 * told on which one to listen.
 */
final class NamedMembers extends TcpIpConfig {
  private static final Logger log = LoggerFactory.getLogger(NamedMembers.class);

  private final List<HostPort> names;

  NamedMembers(List<HostPort> names) {
    this.names = List.copyOf(names);
  }

  @Override
  public List<String> getMembers() {
    return names.stream().flatMap(name -> places(name).stream()).map(HostPort::toString).toList();
  }

  /** Every place that a name stands for just now; none where it does not resolve. Blocks. */
  static List<HostPort> places(HostPort name) {
    try {
      return Stream.of(InetAddress.getAllByName(name.host()))
          .map(address -> new HostPort(address.getHostAddress(), name.port()))
          .toList();
    } catch (UnknownHostException _) {
      log.debug("{} does not resolve now", name);
      return List.of();
    }
  }
}
