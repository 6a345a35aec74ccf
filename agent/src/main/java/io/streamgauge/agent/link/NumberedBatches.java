package io.streamgauge.agent.link;

import io.streamgauge.common.message.AgentEvent;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands samples to the controller twice a second, one acknowledged batch after the other, until it
 * is closed. On the agent's context.
 */
public final class NumberedBatches {
  private static final Logger log = LoggerFactory.getLogger(NumberedBatches.class);
  private static final long EVERY_MILLIS = 500;

  private final Vertx vertx;
  private final Delivery delivery;
  private final LongFunction<Optional<? extends AgentEvent>> next;
  private long timer = -1;
  private long number;
  private boolean busy;
  private boolean closed;

  /**
   * @param first number of a batch
   * @param next makes the batch of that number from what has gathered, if anything has
   */
  public NumberedBatches(
      Vertx vertx,
      Delivery delivery,
      long first,
      LongFunction<Optional<? extends AgentEvent>> next) {
    this.vertx = vertx;
    this.number = first;
    this.delivery = delivery;
    this.next = next;
  }

  public void begin() {
    if (!closed) {
      timer = vertx.setPeriodic(EVERY_MILLIS, _ -> deliver());
    }
  }

  public boolean open() {
    return !closed;
  }

  /** The next batch, unless one is still under way or nothing is there. */
  private void deliver() {
    if (busy || closed) {
      return;
    }
    Optional<? extends AgentEvent> batch = next.apply(number);
    if (batch.isEmpty()) {
      return;
    }
    number++;
    busy = true;
    delivery
        .deliver(batch.get(), this::open)
        .onSuccess(_ -> busy = false)
        .onFailure(error -> log.debug("samples are not wanted any more: {}", error.toString()));
  }

  /** The number of the batch after those that were made. */
  public long number() {
    return number;
  }

  /** What has not been delivered is given up. */
  public void close() {
    closed = true;
    vertx.cancelTimer(timer);
  }
}
