package io.streamgauge.common.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.config.MapStoreConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.MapLoader;
import io.streamgauge.common.HostPort;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UnreadableErrorTest {
  private static final String LIMIT = "hazelcast.operation.call.timeout.millis";

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

  /** With Hazelcast's own patience, two minutes, the limit would not do; a tenth of ours does. */
  @Test
  @Timeout(110)
  void whoWaitsForAnAnswerThatItMayNotReadFailsAndDoesNotHang() {
    String cluster = "test-" + UUID.randomUUID();
    HazelcastInstance other = Hazelcast.newHazelcastInstance(config(List.of(), cluster));
    try {
      var there = other.getCluster().getLocalMember().getAddress();
      HostPort first = new HostPort(there.getHost(), there.getPort());
      HazelcastInstance asking = Hazelcast.newHazelcastInstance(config(List.of(first), cluster));
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

  private static Config config(List<HostPort> members, String cluster) {
    Config config =
        ClusterConfig.of(new NodeOptions(new HostPort("127.0.0.1", 0), members, cluster));
    assertThat(config.getProperty(LIMIT)).isEqualTo("10000");
    config.setProperty(LIMIT, "1000");
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
}
