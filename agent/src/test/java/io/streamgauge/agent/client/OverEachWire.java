package io.streamgauge.agent.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.streamgauge.agent.client.wire.kernel.KernelWire;
import io.streamgauge.common.agent.StampSource;
import io.streamgauge.common.plan.request.RequestShape;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Claims that hold however the client reaches its target. */
@ParameterizedClass
@EnumSource
abstract class OverEachWire {
  /** The ways there are. */
  enum Way {
    KERNEL(true, true),
    VERTX(false, true),
    JDK(false, false);

    private final boolean own;
    private final boolean epoll;

    Way(boolean own, boolean epoll) {
      this.own = own;
      this.epoll = epoll;
    }
  }

  @Parameter Way way;

  /** Event loops of this way, on which servers may run too. */
  final Vertx loops() {
    return loops(way);
  }

  static Vertx loops(Way way) {
    return loops(way, new VertxOptions());
  }

  static Vertx loops(Way way, VertxOptions options) {
    Vertx vertx = Vertx.vertx(options.setPreferNativeTransport(way.epoll));
    assumeTrue(!way.epoll || vertx.isNativeTransportEnabled(), "epoll");
    return vertx;
  }

  /** The same where the way asks the kernel about the other end. */
  final Vertx epollLoops() {
    assumeTrue(way.epoll, "the JDK's sockets tell nothing of their other end");
    return loops();
  }

  final Sending sending(Vertx vertx, String url, RequestShape shape) {
    return sending(way, vertx, url, shape);
  }

  static Sending sending(Way way, Vertx vertx, String url, RequestShape shape) {
    assertThat(KernelWire.unusable(vertx).isEmpty()).isEqualTo(way.epoll);
    return new Sending(vertx, url, shape, source(way, url));
  }

  /** Whose clock stamps the reads of that target. */
  static StampSource source(Way way, String url) {
    return way.own && url.startsWith("http:") ? StampSource.KERNEL : StampSource.USER;
  }
}
