package io.streamgauge.agent;

import io.streamgauge.common.message.Ack;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.Endpoints;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers a run's events to the controller, again and again until they are acknowledged. */
final class Delivery {
  private static final Logger log = LoggerFactory.getLogger(Delivery.class);
  private static final long PAUSE_MILLIS = 500;

  private final Vertx vertx;

  Delivery(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Repeats until acknowledged; fails when {@code wanted} no longer holds. */
  Future<Ack> deliver(AgentEvent event, BooleanSupplier wanted) {
    return Endpoints.run(event.runId())
        .ask(vertx, event)
        .recover(
            error -> {
              if (!wanted.getAsBoolean()) {
                return Future.failedFuture(error);
              }
              log.debug("{} is not acknowledged: {}", event.getClass().getSimpleName(), error);
              return vertx
                  .timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                  .compose(_ -> deliver(event, wanted));
            });
  }
}
