package io.streamgauge.agent.link;

import io.streamgauge.common.message.Ack;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.Endpoints;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers a run's events to the controller, again and again until they are acknowledged. */
public final class Delivery {
  private static final Logger log = LoggerFactory.getLogger(Delivery.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Vertx vertx;
  private final Duration pause;

  public Delivery(Vertx vertx) {
    this(vertx, PAUSE);
  }

  /** {@code pause} is between two tries. */
  public Delivery(Vertx vertx, Duration pause) {
    this.vertx = vertx;
    this.pause = pause;
  }

  /** Repeats until acknowledged; fails when {@code wanted} no longer holds. */
  public Future<Ack> deliver(AgentEvent event, BooleanSupplier wanted) {
    Promise<Ack> delivered = Promise.promise();
    attempt(event, wanted, delivered);
    return delivered.future();
  }

  /** Each try completes the one promise: a future a try would be a chain without an end. */
  private void attempt(AgentEvent event, BooleanSupplier wanted, Promise<Ack> delivered) {
    Endpoints.run(event.runId())
        .ask(vertx, event)
        .onSuccess(delivered::complete)
        .onFailure(
            error -> {
              if (wanted.getAsBoolean()) {
                log.debug("{} is not acknowledged: {}", event.getClass().getSimpleName(), error);
                vertx.setTimer(pause.toMillis(), _ -> attempt(event, wanted, delivered));
              } else {
                delivered.fail(error);
              }
            });
  }
}
