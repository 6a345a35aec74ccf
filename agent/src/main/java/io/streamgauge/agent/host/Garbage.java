package io.streamgauge.agent.host;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Collects what getting ready left behind, so that no level begins with that pause. */
public final class Garbage {
  /** Completes when a full collection, some 30 ms, is over. */
  public static Future<Void> collect(Vertx vertx) {
    return vertx.executeBlocking(
        () -> {
          System.gc();
          return null;
        });
  }

  private Garbage() {}
}
