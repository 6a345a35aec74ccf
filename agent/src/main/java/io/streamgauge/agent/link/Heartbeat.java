package io.streamgauge.agent.link;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.clock.ClockReading;
import io.streamgauge.common.clock.SteadyClock;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.Leave;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Register;
import io.streamgauge.common.message.Registered;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Says again and again that the agent is there, hears that the controller is, and learns its clock
 * on the way. On the agent's context.
 */
public final class Heartbeat {
  private static final int SAMPLES = 5;
  private static final Duration TELL_EVERY = Duration.ofSeconds(30);

  /** What the heartbeat tells the agent. */
  public interface Listener {
    /** What the agent's user should know of it and the controller. */
    void note(String text);

    /** The controller answered; {@code run} is the run that it has on. */
    void heard(Optional<String> run);

    /**
     * No controller has had this agent for {@link LinkLimits#deadAfter}, because none answers or
     * the one that does turns it away; told once until one has it again.
     */
    void lost(String reason);
  }

  private final Vertx vertx;
  private final AgentInfo info;
  private final Supplier<String> address;
  private final Optional<String> key;
  private final Optional<HostPort> place;
  private final LinkLimits limits;
  private final Listener listener;
  private final String instance = UUID.randomUUID().toString();
  private final ClockEstimate clock = new ClockEstimate();
  private long heardAt = System.nanoTime();
  private boolean dead;
  private boolean known;
  private boolean stopped;
  private String controller = "";
  private String told = "";
  private long toldAt;
  private long timer;

  /**
   * @param address where the agent takes commands at the moment
   * @param key the fingerprint of the key whose commands the agent obeys, where they are signed
   * @param place where the process takes part in the cluster, if it is one of its own
   */
  public Heartbeat(
      Vertx vertx,
      AgentInfo info,
      Supplier<String> address,
      Optional<String> key,
      Optional<HostPort> place,
      LinkLimits limits,
      Listener listener) {
    this.vertx = vertx;
    this.info = info;
    this.address = address;
    this.key = key;
    this.place = place;
    this.limits = limits;
    this.listener = listener;
  }

  public void start() {
    timer = vertx.setPeriodic(limits.beat().toMillis(), _ -> beat());
    sample();
  }

  /** Some round trips, one after the other; completes also when some fail. */
  public Future<Void> sample() {
    return sample(SAMPLES);
  }

  private Future<Void> sample(int times) {
    return times == 0 || stopped
        ? Future.succeededFuture()
        : beat().transform(_ -> sample(times - 1));
  }

  /** One round trip; its failure is dealt with here. */
  public Future<Void> beat() {
    long left = System.nanoTime();
    return Endpoints.fleet()
        .ask(
            vertx,
            new Register(Message.PROTOCOL, instance, address.get(), info, reading(), key, place))
        .onSuccess(answer -> heard(left, answer))
        .onFailure(this::missed)
        .mapEmpty();
  }

  private void heard(long left, Registered answer) {
    long now = System.nanoTime();
    boolean same = controller.equals(answer.controller());
    if (!same && known && now - heardAt <= limits.deadAfter().toNanos()) {
      // It knows nothing of what the one before has this agent do, and has another clock.
      tell("another controller answers: this agent keeps to the one before while that is heard");
      return;
    }
    heardAt = now;
    if (dead || !same) {
      clock.reset();
    }
    controller = answer.controller();
    if (!known || !told.isEmpty()) {
      listener.note("the controller knows this agent");
    }
    dead = false;
    known = true;
    told = "";
    clock.take(left, answer.now(), heardAt);
    listener.heard(answer.run());
  }

  private void missed(Throwable error) {
    if (stopped) {
      return;
    }
    boolean refused =
        error instanceof ReplyException reply
            && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE;
    boolean late = System.nanoTime() - heardAt > limits.deadAfter().toNanos();
    if (refused) {
      tell("the controller turns this agent away: " + error.getMessage());
    } else if (late) {
      tell(absence(error));
    }
    if (late && !dead) {
      dead = true;
      listener.lost(
          (refused
                  ? "the controller turned this agent away for "
                  : "the controller was silent for ")
              + BigDecimal.valueOf(limits.deadAfter().toMillis(), 3)
                  .stripTrailingZeros()
                  .toPlainString()
              + " s");
    }
  }

  /** Tells it at once, and again now and then while it lasts. */
  private void tell(String text) {
    long now = System.nanoTime();
    if (!text.equals(told) || now - toldAt > TELL_EVERY.toNanos()) {
      told = text;
      toldAt = now;
      listener.note(text);
    }
  }

  /** Why nobody answers, as far as it shows from here. */
  static String absence(Throwable error) {
    String silent = "the controller is silent: ";
    if (!(error instanceof ReplyException reply)) {
      return silent + error.getMessage();
    }
    return silent
        + switch (reply.failureType()) {
          case NO_HANDLERS ->
              "none is in this agent's cluster; it does not run, or is in a cluster of another"
                  + " --cluster name";
          case TIMEOUT ->
              "it is in the cluster, but no message gets through; the event bus (the port above"
                  + " that of --bind, there and here) is blocked, one side has TLS or an authority"
                  + " that the other has not, or the controller is of another version";
          case RECIPIENT_FAILURE, ERROR -> reply.getMessage();
        };
  }

  /** Which controller this agent belongs to; another one has another clock. */
  public String controller() {
    return controller;
  }

  public ClockEstimate clock() {
    return clock;
  }

  public Optional<ClockReading> reading() {
    return clock.reading(SteadyClock.PROCESS.instant(), System.nanoTime());
  }

  /** Says farewell; completes when that was heard or cannot be. */
  public Future<Void> stop() {
    if (stopped) {
      return Future.succeededFuture();
    }
    stopped = true;
    vertx.cancelTimer(timer);
    return Endpoints.fleet()
        .ask(vertx, new Leave(info.id(), instance))
        .timeout(limits.beat().toMillis(), TimeUnit.MILLISECONDS)
        .transform(_ -> Future.succeededFuture());
  }
}
