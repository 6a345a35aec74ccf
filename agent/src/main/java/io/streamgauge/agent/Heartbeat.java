package io.streamgauge.agent;

import io.streamgauge.common.measure.AgentInfo;
import io.streamgauge.common.measure.ClockReading;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.Leave;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Register;
import io.streamgauge.common.message.Registered;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every second that the agent is there, hears that the controller is, and learns its clock on
 * the way. On the agent's context.
 */
final class Heartbeat {
  /** A controller not heard for so long has no load fired for it. */
  static final Duration DEAD_AFTER = Duration.ofSeconds(4);

  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
  private static final long EVERY_MILLIS = 1_000;
  private static final int FIRST_SAMPLES = 5;

  /** What the heartbeat tells the agent. */
  interface Listener {
    /** The controller answered; {@code run} is the run that it has on. */
    void heard(Optional<String> run);

    /**
     * The controller has not answered for {@link #DEAD_AFTER}; told once until it is heard again.
     */
    void silence();
  }

  private final Vertx vertx;
  private final AgentInfo info;
  private final Supplier<String> address;
  private final Listener listener;
  private final Consumer<String> refusals;
  private final String instance = UUID.randomUUID().toString();
  private final ClockEstimate clock = new ClockEstimate();
  private long heardAt = System.nanoTime();
  private boolean dead;
  private boolean stopped;
  private String refusal = "";
  private long timer;

  /**
   * @param address where the agent takes commands at the moment
   * @param refusals hears why the controller turns the agent away, once for each reason
   */
  Heartbeat(
      Vertx vertx,
      AgentInfo info,
      Supplier<String> address,
      Listener listener,
      Consumer<String> refusals) {
    this.vertx = vertx;
    this.info = info;
    this.address = address;
    this.listener = listener;
    this.refusals = refusals;
  }

  void start() {
    timer = vertx.setPeriodic(EVERY_MILLIS, _ -> beat());
    sample(FIRST_SAMPLES);
  }

  /** So many round trips at once, one after the other; completes also when some fail. */
  Future<Void> sample(int times) {
    return times == 0 || stopped
        ? Future.succeededFuture()
        : beat().transform(_ -> sample(times - 1));
  }

  /** One round trip; its failure is dealt with here. */
  Future<Void> beat() {
    long left = System.nanoTime();
    return Endpoints.fleet()
        .ask(vertx, new Register(Message.PROTOCOL, instance, address.get(), info, reading()))
        .onSuccess(answer -> heard(left, answer))
        .onFailure(this::missed)
        .mapEmpty();
  }

  private void heard(long left, Registered answer) {
    heardAt = System.nanoTime();
    if (dead) {
      log.warn("the controller is back");
      clock.reset();
    }
    dead = false;
    refusal = "";
    clock.take(left, answer.now(), heardAt);
    listener.heard(answer.run());
  }

  private void missed(Throwable error) {
    if (stopped) {
      return;
    }
    if (error instanceof ReplyException reply
        && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE) {
      turnedAway(String.valueOf(error.getMessage()));
    } else if (!dead && System.nanoTime() - heardAt > DEAD_AFTER.toNanos()) {
      dead = true;
      log.warn("the controller was silent for {} s", DEAD_AFTER.toSeconds());
      listener.silence();
    }
  }

  /** It is there, but will have nothing of this agent. */
  private void turnedAway(String reason) {
    heardAt = System.nanoTime();
    if (!reason.equals(refusal)) {
      refusal = reason;
      refusals.accept(reason);
    }
  }

  ClockEstimate clock() {
    return clock;
  }

  Optional<ClockReading> reading() {
    return clock.reading(Instant.now(), System.nanoTime());
  }

  /** Says farewell; completes when that was heard or cannot be. */
  Future<Void> stop() {
    if (stopped) {
      return Future.succeededFuture();
    }
    stopped = true;
    vertx.cancelTimer(timer);
    return Endpoints.fleet()
        .ask(vertx, new Leave(info.id(), instance))
        .timeout(EVERY_MILLIS, TimeUnit.MILLISECONDS)
        .transform(_ -> Future.succeededFuture());
  }
}
