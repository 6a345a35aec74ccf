package io.streamgauge.common.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.config.MapStoreConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.MapLoader;
import io.streamgauge.common.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UnreadableErrorTest {
  /** An error of a class that no member may make of what another sends. */
  static final class Exotic extends RuntimeException {
    Exotic() {
      super("from far away");
    }
  }

  /** Fails with it whatever it is asked for. */
  private static final class Failing implements MapLoader<String, String> {
    @Override
    public String load(String key) {
      throw new Exotic();
    }

    @Override
    public Map<String, String> loadAll(Collection<String> keys) {
      throw new Exotic();
    }

    @Override
    public Iterable<String> loadAllKeys() {
      return List.of();
    }
  }

  /** With Hazelcast's own patience, two minutes, the limit would not do. */
  @Test
  @Timeout(110)
  void whoWaitsForAnAnswerThatItMayNotReadFailsAndDoesNotHang() throws IOException {
    String cluster = "test-" + UUID.randomUUID();
    HostPort first = new HostPort("127.0.0.1", freePort());
    HazelcastInstance other = Hazelcast.newHazelcastInstance(config(first, List.of(), cluster));
    try {
      HazelcastInstance asking =
          Hazelcast.newHazelcastInstance(
              config(new HostPort("127.0.0.1", 0), List.of(first), cluster));
      try {
        assertThat(asking.getCluster().getMembers()).hasSize(2);
        String key = keyOf(other);

        assertThatThrownBy(() -> asking.getMap("m").get(key)).isNotInstanceOf(Exotic.class);
      } finally {
        asking.getLifecycleService().terminate();
      }
    } finally {
      other.getLifecycleService().terminate();
    }
  }

  private static Config config(HostPort bind, List<HostPort> members, String cluster) {
    Config config = ClusterConfig.of(new NodeOptions(bind, members, cluster));
    config
        .getMapConfig("m")
        .setMapStoreConfig(new MapStoreConfig().setEnabled(true).setImplementation(new Failing()));
    return config;
  }

  /** A key that this member is asked for. */
  private static String keyOf(HazelcastInstance owner) {
    owner.getMap("first use, which shares the keys out").clear();
    return IntStream.range(0, 10_000)
        .mapToObj(i -> "key " + i)
        .filter(key -> owner.getPartitionService().getPartition(key).getOwner().localMember())
        .findFirst()
        .orElseThrow();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
