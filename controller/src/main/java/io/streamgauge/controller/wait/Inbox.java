package io.streamgauge.controller.wait;

import io.streamgauge.common.message.Ack;
import io.streamgauge.common.message.AgentEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The mailbox of a run: the consumer of the run's address puts events in, the run's sequence takes
 * them out one by one, waiting on the controller's virtual thread. An event is acknowledged when
 * the sequence has dealt with it.
 */
public final class Inbox {
  /** An event, to be acknowledged. */
  public record Entry(AgentEvent event, Promise<Ack> promise) {
    /** Deals with it: it is acknowledged when that is done, and refused when it cannot be. */
    public void settle(Consumer<AgentEvent> dealing) {
      try {
        dealing.accept(event);
      } catch (RuntimeException | Error e) {
        refuse(String.valueOf(e.getMessage()));
        throw e;
      }
      promise.tryComplete(new Ack());
    }

    private void refuse(String reason) {
      promise.tryFail(reason);
    }
  }

  private static final String OVER = "the run is over";

  private final Vertx vertx;
  private final Breath breath;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private @Nullable Promise<Void> waiter;
  private boolean closed;

  public Inbox(Vertx vertx) {
    this.vertx = vertx;
    this.breath = new Breath(vertx);
  }

  public Future<Ack> put(AgentEvent event) {
    if (closed) {
      return Future.failedFuture(OVER);
    }
    Promise<Ack> promise = Promise.promise();
    entries.add(new Entry(event, promise));
    wake();
    return promise.future();
  }

  /** Makes a waiting {@link #take} return with what there is. */
  public void wake() {
    if (waiter != null) {
      waiter.tryComplete();
    }
  }

  /** The next event; empty when none came in time or the wait was cut short by {@link #wake}. */
  public Optional<Entry> take(Duration timeout) {
    if (entries.isEmpty()) {
      Promise<Void> promise = Promise.promise();
      waiter = promise;
      var timer = vertx.timer(Math.max(1, timeout.toNanos()), TimeUnit.NANOSECONDS);
      timer.onSuccess(_ -> promise.tryComplete());
      promise.future().await();
      timer.cancel();
      waiter = null;
      breath.taken();
    } else {
      breath.takeIfDue();
    }
    return Optional.ofNullable(entries.poll());
  }

  /** Refuses whatever is left and whatever still comes. */
  public void close() {
    closed = true;
    entries.forEach(entry -> entry.refuse(OVER));
    entries.clear();
  }
}
