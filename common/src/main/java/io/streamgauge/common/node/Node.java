package io.streamgauge.common.node;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.message.WireCodec;
import io.vertx.core.Vertx;
import io.vertx.core.transport.Transport;

/** Opens the Vert.x instance that a role runs on. */
public final class Node {
  /** One process alone: the event bus stays inside it. */
  public static Vertx local() {
    return local(transport(System.getenv().getOrDefault("STREAMGAUGE_TRANSPORT", "native")));
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
          case "native" -> Transport.nativeTransport();
          case "epoll" -> Transport.EPOLL;
          case "io_uring" -> Transport.IO_URING;
          case "kqueue" -> Transport.KQUEUE;
          case "nio" -> Transport.NIO;
          default ->
              throw new PlanException(
                  "STREAMGAUGE_TRANSPORT", name, "native, epoll, io_uring, kqueue or nio");
        };
    if (asked != null && asked.available()) {
      return asked;
    }
    if (name.equals("native")) {
      return Transport.NIO;
    }
    throw new PlanException("STREAMGAUGE_TRANSPORT", name, "a transport that this system has");
  }

  private Node() {}
}
