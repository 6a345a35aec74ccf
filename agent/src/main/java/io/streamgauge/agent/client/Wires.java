package io.streamgauge.agent.client;

import io.streamgauge.agent.client.wire.StampTally;
import io.streamgauge.agent.client.wire.VertxWire;
import io.streamgauge.agent.client.wire.Wire;
import io.streamgauge.agent.client.wire.kernel.KernelWire;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.plan.request.TargetUrl;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;

/** Chooses a lane's way to its target: the kernel's stamps where they can be had. */
final class Wires {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /**
   * On the lane's event loop.
   *
   * @param own whether sockets of our own may be used, if they can
   */
  static Wire of(Vertx vertx, Target target, StampTally tally, boolean own) {
    TargetUrl address = target.address();
    return own && !address.tls() && KernelWire.unusable(vertx).isEmpty()
        ? new KernelWire(vertx, address.host(), address.connectPort(), CONNECT_TIMEOUT, tally)
        : new VertxWire(vertx, options(target), address.host(), address.connectPort(), tally);
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
