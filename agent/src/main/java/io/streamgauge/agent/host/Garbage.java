package io.streamgauge.agent.host;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Collects what getting ready left behind, so that no level begins with that pause. */
public final class Garbage {
  /** With three quarters of its room left a heap goes on for a while. */
  private static final int LITTLE = 4;

  /** Completes when a full collection, some 30 ms, is over. */
  public static Future<Void> collect(Vertx vertx) {
    return vertx.executeBlocking(
        () -> {
          System.gc();
          return null;
        });
  }

  /** The same, or at once where the heap is far from full. */
  public static Future<Void> collectIfMuch(Vertx vertx) {
    Runtime heap = Runtime.getRuntime();
    long used = heap.totalMemory() - heap.freeMemory();
    return used < heap.totalMemory() / LITTLE ? Future.succeededFuture() : collect(vertx);
  }

  private Garbage() {}
}
