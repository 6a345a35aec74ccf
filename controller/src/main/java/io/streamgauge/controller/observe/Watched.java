package io.streamgauge.controller.observe;

import io.streamgauge.controller.fleet.AgentClient;
import io.streamgauge.controller.fleet.Fleet;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The run that is watched.
 *
 * @param stopped whether the user has asked it to end
 * @param notes for the user
 */
public record Watched(
    Vertx vertx,
    Fleet fleet,
    AgentClient client,
    String runId,
    BooleanSupplier stopped,
    Consumer<String> notes) {
  private static final long PAUSE_MILLIS = 20;

  boolean present(String agent) {
    return fleet.member(agent).map(fleet::present).orElse(false);
  }

  /** Lets in what agents tell. On the controller's virtual thread. */
  void pause() {
    vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS).await();
  }
}
