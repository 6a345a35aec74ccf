package io.streamgauge.agent.client;

import io.streamgauge.agent.client.wire.StampTally;
import io.streamgauge.agent.client.wire.VertxWire;
import io.streamgauge.agent.client.wire.Wire;
import io.streamgauge.agent.client.wire.kernel.KernelWire;
import io.streamgauge.common.agent.StampSource;
import io.streamgauge.common.node.Node;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.plan.request.TargetUrl;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;

/** Chooses a lane's way to its target: the kernel's stamps where they can be had. */
public final class Wires {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /**
   * On the lane's event loop.
   *
   * @param stamps {@link StampSource#USER} for Vert.x's connections, where the kernel's stamps
   *     could be had too
   */
  static Wire of(Vertx vertx, Target target, StampTally tally, StampSource stamps) {
    TargetUrl address = target.address();
    return stamps == StampSource.KERNEL
        ? new KernelWire(vertx, address.host(), address.connectPort(), CONNECT_TIMEOUT, tally)
        : new VertxWire(vertx, options(target), address.host(), address.connectPort(), tally);
  }

  /** Whose stamps the connections to that target have on the event loops of {@code vertx}. */
  public static StampSource stamps(Vertx vertx, Target target) {
    return target.address().tls() ? StampSource.USER : stamps(vertx);
  }

  /** The same for a target of plain HTTP. */
  public static StampSource stamps(Vertx vertx) {
    return Node.ownSockets() && KernelWire.unusable(vertx).isEmpty()
        ? StampSource.KERNEL
        : StampSource.USER;
  }

  private static NetClientOptions options(Target target) {
    NetClientOptions options =
        new NetClientOptions()
            .setTcpNoDelay(true)
            .setConnectTimeout(Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
    if (target.address().tls()) {
      options
          .setSsl(true)
          .setHostnameVerificationAlgorithm(target.options().trust().insecure() ? "" : "HTTPS");
      TargetTrust.apply(options, target.options().trust());
    }
    return options;
  }

  private Wires() {}
}
