package io.streamgauge.common.node;

import io.streamgauge.common.message.WireCodec;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** Opens the Vert.x instance that a role runs on. */
public final class Node {
  /** One process alone: the event bus stays inside it. */
  public static Vertx local() {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    WireCodec.register(vertx);
    return vertx;
  }

  private Node() {}
}
