package io.streamgauge.agent.client;

import io.streamgauge.agent.client.answer.Timeline;
import io.streamgauge.agent.client.wire.StampTally;
import io.streamgauge.agent.client.wire.Wire;
import io.streamgauge.common.agent.StampSource;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.plan.request.ApiEndpoint;
import io.streamgauge.common.plan.request.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sends a lane's requests to the target and stamps what comes back. Lives on the lane's event loop,
 * on which it is made and from which alone it is called.
 */
public final class TargetClient {
  private final Vertx vertx;
  private final LongSupplier clock;
  private final Duration timeout;
  private final RequestBytes head;
  private final StampTally tally = new StampTally();
  private final Wire wire;
  private final Scratch scratch;
  private final ConnectionPool pool;
  private final Set<Exchange> inFlight = new LinkedHashSet<>();
  private long chunksEnded;

  /**
   * @param apiKey sent as a bearer token
   * @param timeout for one request, from its start to its last byte
   * @param clock nanoseconds that only go forward
   * @param stamps whose stamps; the kernel's only where {@link Wires#stamps} says so
   */
  public TargetClient(
      Vertx vertx,
      Target target,
      ApiEndpoint endpoint,
      Optional<String> apiKey,
      Duration timeout,
      LongSupplier clock,
      StampSource stamps) {
    this.vertx = vertx;
    this.clock = clock;
    this.timeout = timeout;
    this.head = new RequestBytes(target, endpoint, apiKey);
    this.wire = Wires.of(vertx, target, tally, stamps);
    this.scratch = new Scratch(tally, wire::pace);
    this.pool = new ConnectionPool(vertx, target, wire, scratch.ordinary(), clock);
  }

  /**
   * Sends one request; {@code ended} is called once, on the event loop, with its complete timeline.
   */
  public void send(Timeline timeline, byte[] body, Consumer<Timeline> ended) {
    Exchange exchange =
        new Exchange(
            this,
            timeline,
            body,
            finished -> {
              inFlight.remove(finished);
              chunksEnded += finished.timeline().chunks();
              ended.accept(finished.timeline());
            });
    inFlight.add(exchange);
    exchange.start();
  }

  /** Opens so many connections for requests to come; completes also where that fails. */
  public Future<Void> connect(int count) {
    return pool.open(count);
  }

  /**
   * No request will follow those in flight: connections are not kept, because an idle one may hold
   * a worker that a request on another waits for.
   */
  public void keepNoMore() {
    pool.keepNoMore();
  }

  /** Ends every request in flight with that outcome. */
  public void cancelAll(Outcome outcome) {
    List.copyOf(inFlight).forEach(exchange -> exchange.cancel(outcome));
  }

  public int inFlight() {
    return inFlight.size();
  }

  /** Token-bearing chunks of the requests in flight. */
  public long chunksInFlight() {
    return scratch.ordinary().all() - chunksEnded;
  }

  public ConnectionPool connections() {
    return pool;
  }

  /** See {@link Wire#tellLateness}. */
  public boolean tellLateness(Wire.Lateness hears) {
    return wire.tellLateness(hears);
  }

  /** How its stamps came about so far. */
  public StampTally stamps() {
    return tally;
  }

  public Future<Void> close() {
    return pool.close();
  }

  Wire wire() {
    return wire;
  }

  Vertx vertx() {
    return vertx;
  }

  RequestBytes head() {
    return head;
  }

  Scratch scratch() {
    return scratch;
  }

  Duration timeout() {
    return timeout;
  }

  long now() {
    return clock.getAsLong();
  }
}
