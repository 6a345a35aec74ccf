package io.streamgauge.common.node;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.message.WireCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Opens the Vert.x instance that a role runs on. */
public final class Node {
  /** A connection of the bus that is cut off is given up after a missed ping. */
  private static final String TRANSPORT = "STREAMGAUGE_TRANSPORT";

  private static final long PING_MILLIS = 2_000;

  /** One process alone: the event bus stays inside it. */
  public static Vertx local() {
    return local(transport());
  }

  /**
   * A member of a cluster; completes when it has joined, alone where no other member is there. Its
   * Hazelcast keeps whole threads busy while it joins: call it outside of a measurement.
   *
   * @throws PlanException when it cannot listen where it should
   */
  public static Future<Vertx> clustered(NodeOptions options) {
    return join(options).map(Membership::vertx);
  }

  /** The same for those who want to know the other members. */
  public static Future<Membership> join(NodeOptions options) {
    return join(options, options.busPort());
  }

  /** The bus on another port than the next one. */
  static Future<Membership> join(NodeOptions options, int busPort) {
    requireFree(options.bind());
    requireFree(new HostPort(options.bind().host(), busPort));
    // For what Hazelcast logs before it has read its configuration.
    System.setProperty("hazelcast.logging.type", "slf4j");
    EventBusOptions bus =
        new EventBusOptions()
            .setHost(options.bind().host())
            .setPort(busPort)
            .setClusterPublicHost(options.bind().host())
            .setClusterPingInterval(PING_MILLIS)
            .setClusterPingReplyInterval(PING_MILLIS);
    options.tls().ifPresent(tls -> tls.protect(bus));
    ClusterManager manager = new ClusterManager(ClusterConfig.of(options));
    return Vertx.builder()
        .with(new VertxOptions().setEventBusOptions(bus))
        .withTransport(transport())
        .withClusterManager(manager)
        .buildClustered()
        .onSuccess(WireCodec::register)
        .map(vertx -> new Membership(vertx, manager));
  }

  /** Found out here it is one line; inside of Hazelcast it is a page. */
  private static void requireFree(HostPort place) {
    try (ServerSocket _ = new ServerSocket(place.port(), 1, InetAddress.getByName(place.host()))) {
      // It could be opened: that is all.
    } catch (IOException e) {
      throw new PlanException(
          "bind", place, "an address of this host with a free port (%s)".formatted(e.getMessage()));
    }
  }

  /** Loads what a node is opened on; for a thread that has nothing else to do. */
  public static void load() {
    Transport.nativeTransport();
  }

  private static Transport transport() {
    return transport(System.getenv().getOrDefault(TRANSPORT, "native"));
  }

  /**
   * Whether a load may use sockets of our own: not where the user chose the JDK's, Vert.x's or
   * io_uring.
   */
  public static boolean ownSockets() {
    return switch (System.getenv().getOrDefault(TRANSPORT, "native")) {
      case "native", "epoll" -> true;
      default -> false;
    };
  }

  private static Vertx local(Transport transport) {
    Vertx vertx = Vertx.builder().withTransport(transport).build();
    WireCodec.register(vertx);
    return vertx;
  }

  /**
   * The system's own transport where there is one (epoll, kqueue), else the JDK's; or the one that
   * {@code name} says.
   */
  static Transport transport(String name) {
    Transport asked =
        switch (name) {
          case "native", "vertx" -> Transport.nativeTransport();
          case "epoll" -> Transport.EPOLL;
          case "io_uring" -> Transport.IO_URING;
          case "kqueue" -> Transport.KQUEUE;
          case "nio" -> Transport.NIO;
          default ->
              throw new PlanException(
                  TRANSPORT, name, "native, vertx, epoll, io_uring, kqueue or nio");
        };
    if (asked != null && asked.available()) {
      return asked;
    }
    if (name.equals("native") || name.equals("vertx")) {
      return Transport.NIO;
    }
    throw new PlanException(TRANSPORT, name, "a transport that this system has");
  }

  private Node() {}
}
