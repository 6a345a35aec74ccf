package io.streamgauge.common.node;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import io.streamgauge.common.HostPort;

/**
 * Hazelcast as a membership list and nothing more: members named beforehand, no multicast, no
 * telemetry (REST is off unless switched on), no deserialising of classes that are not its own or
 * the cluster manager's.
 *
 * <p>Heartbeats of a second and a limit of five notice a cut link in five seconds instead of a
 * minute; a part of the cluster that was cut off is taken back after five seconds instead of five
 * minutes. All members must agree on the number of partitions; the default of 271 only makes
 * joining slower.
 */
final class ClusterConfig {
  /** How long an answer of another member is waited for, ms; Hazelcast's own calls take a few. */
  private static final String CALL_MILLIS = "10000";

  private static final int FIRST_FREE = 5_711;
  private static final int TRIED = 200;

  /**
   * What the answer "no" of a member consists of, beside Hazelcast's own classes. An answer that
   * may not be read is lost, and who waits for it, such as a member that joins and should only ask
   * again, fails when {@link #CALL_MILLIS} have passed twice.
   */
  private static final String[] ERRORS = {
    "java.lang.ArithmeticException",
    "java.lang.ArrayIndexOutOfBoundsException",
    "java.lang.AssertionError",
    "java.lang.ClassCastException",
    "java.lang.ClassNotFoundException",
    "java.lang.Error",
    "java.lang.Exception",
    "java.lang.IllegalArgumentException",
    "java.lang.IllegalStateException",
    "java.lang.IndexOutOfBoundsException",
    "java.lang.InterruptedException",
    "java.lang.LinkageError",
    "java.lang.NoClassDefFoundError",
    "java.lang.NullPointerException",
    "java.lang.NumberFormatException",
    "java.lang.OutOfMemoryError",
    "java.lang.ReflectiveOperationException",
    "java.lang.RuntimeException",
    "java.lang.SecurityException",
    "java.lang.StackOverflowError",
    "java.lang.StackTraceElement",
    "java.lang.Throwable",
    "java.lang.UnsupportedOperationException",
    "java.lang.VirtualMachineError",
    "[Ljava.lang.StackTraceElement;",
    "java.util.Collections$EmptyList",
    "java.util.ArrayList",
    "java.io.EOFException",
    "java.io.IOException",
    "java.io.UncheckedIOException",
    "java.nio.channels.ClosedChannelException",
    "java.util.ConcurrentModificationException",
    "java.util.NoSuchElementException",
    "java.util.concurrent.CancellationException",
    "java.util.concurrent.CompletionException",
    "java.util.concurrent.ExecutionException",
    "java.util.concurrent.RejectedExecutionException",
    "java.util.concurrent.TimeoutException"
  };

  static Config of(NodeOptions options) {
    Config config = new Config();
    config.setClusterName(options.cluster());
    config
        .setProperty("hazelcast.heartbeat.interval.seconds", "1")
        .setProperty("hazelcast.max.no.heartbeat.seconds", "5")
        .setProperty("hazelcast.merge.first.run.delay.seconds", "2")
        .setProperty("hazelcast.merge.next.run.delay.seconds", "2")
        .setProperty("hazelcast.wait.seconds.before.join", "0")
        .setProperty("hazelcast.operation.call.timeout.millis", CALL_MILLIS)
        .setProperty("hazelcast.partition.count", "31")
        .setProperty("hazelcast.socket.bind.any", "false")
        .setProperty("hazelcast.phone.home.enabled", "false")
        .setProperty("hazelcast.shutdownhook.enabled", "false")
        .setProperty("hazelcast.logging.type", "slf4j");
    network(config.getNetworkConfig(), options);
    config
        .getSerializationConfig()
        .setJavaSerializationFilterConfig(
            new JavaSerializationFilterConfig().setDefaultsDisabled(true));
    config
        .getSerializationConfig()
        .getJavaSerializationFilterConfig()
        .getWhitelist()
        .addPrefixes("com.hazelcast.", "io.vertx.spi.cluster.hazelcast.")
        .addClasses(ERRORS);
    config.addMultiMapConfig(
        new MultiMapConfig("__vertx.subs")
            .setBackupCount(1)
            .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
    config.getMapConfig("__vertx.haInfo").setBackupCount(1);
    config.getMapConfig("__vertx.nodeInfo").setBackupCount(1);
    return config;
  }

  private static void network(NetworkConfig network, NodeOptions options) {
    HostPort bind = options.bind();
    network.getInterfaces().setEnabled(true).addInterface(bind.host());
    if (bind.port() == 0) {
      network.setPort(FIRST_FREE).setPortAutoIncrement(true).setPortCount(TRIED);
    } else {
      network.setPort(bind.port()).setPortAutoIncrement(false);
    }
    network.getMemcacheProtocolConfig().setEnabled(false);
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.setTcpIpConfig(new NamedMembers(options.members()).setEnabled(true));
  }

  private ClusterConfig() {}
}
