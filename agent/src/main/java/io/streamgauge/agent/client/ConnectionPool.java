package io.streamgauge.agent.client;

import io.streamgauge.agent.client.answer.OrdinaryEvents;
import io.streamgauge.agent.client.wire.Wire;
import io.streamgauge.agent.client.wire.WireSocket;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.DistributionRecorder;
import io.streamgauge.common.node.ConnectionRoom;
import io.streamgauge.common.plan.request.Target;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * A lane's connections to the target. There is no limit and no queue, so no request ever waits for
 * another one's connection; the connection used last is used next.
 */
public final class ConnectionPool {
  /**
   * Engines close idle connections after 5 s; closing them first avoids a request on a dying one.
   */
  private static final long LONGEST_IDLE_NANOS = 4_000_000_000L;

  private static final int CLOSES_AFTER_ANSWER = 3;
  private static final int OPENED_AT_ONCE = 64;

  private final Vertx vertx;
  private final Wire wire;
  private final int filesEach;
  private final OrdinaryEvents ordinary;
  private final LongSupplier clock;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final DistributionRecorder connect = new DistributionRecorder();
  private boolean keepsNoMore;
  private long opened;
  private long reused;
  private long resent;
  private int lost;

  ConnectionPool(
      Vertx vertx, Target target, Wire wire, OrdinaryEvents ordinary, LongSupplier clock) {
    this.vertx = vertx;
    this.wire = wire;
    this.filesEach = ConnectionRoom.filesEach(target.address().connectPort());
    this.ordinary = ordinary;
    this.clock = clock;
  }

  /** Gives the exchange a connection: an idle one at once, else a new one. */
  void take(Exchange exchange) {
    Connection kept = idle.pollFirst();
    while (kept != null && (kept.idleFor(LONGEST_IDLE_NANOS) || kept.endedMeanwhile())) {
      kept.close();
      kept = idle.pollFirst();
    }
    if (kept != null) {
      boolean used = kept.used();
      reused += used ? 1 : 0;
      exchange.connected(kept, used);
    } else {
      open(exchange);
    }
  }

  /**
   * Opens connections before a request needs them, a few at a time. Stops where one fails: the
   * request that needs it will tell why.
   */
  Future<Void> open(int count) {
    if (count <= 0) {
      return Future.succeededFuture();
    }
    List<Future<WireSocket>> some =
        IntStream.range(0, Math.min(count, OPENED_AT_ONCE))
            .mapToObj(_ -> connect().onSuccess(this::keep))
            .toList();
    return Future.join(some)
        .transform(
            opening -> opening.succeeded() ? open(count - some.size()) : Future.succeededFuture());
  }

  private void keep(WireSocket socket) {
    idle.addLast(connection(socket));
  }

  private void open(Exchange exchange) {
    connect()
        .onComplete(
            socket -> exchange.connected(connection(socket), false), exchange::connectFailed);
  }

  private Connection connection(WireSocket socket) {
    return new Connection(socket, this, ordinary, clock);
  }

  private Future<WireSocket> connect() {
    if (!ConnectionRoom.take(filesEach)) {
      return refused();
    }
    long asked = clock.getAsLong();
    return wire.connect()
        .onFailure(_ -> gone())
        .onSuccess(
            _ -> {
              opened++;
              connect.record(clock.getAsLong() - asked);
            });
  }

  /** Never within the call: whoever hears of it may ask for the next one. */
  private Future<WireSocket> refused() {
    Promise<WireSocket> refused = Promise.promise();
    vertx.runOnContext(_ -> refused.fail(ConnectionRoom.exhausted()));
    return refused.future();
  }

  /** Does something on the lane's event loop, in so many ns. */
  void later(long nanos, Runnable act) {
    vertx.timer(nanos, TimeUnit.NANOSECONDS).onSuccess(_ -> act.run());
  }

  void release(Connection connection) {
    if (keepsNoMore) {
      connection.close();
    } else {
      idle.addFirst(connection);
    }
  }

  void keepNoMore() {
    keepsNoMore = true;
    List.copyOf(idle).forEach(Connection::close);
  }

  /** A connection is closed. */
  void gone() {
    ConnectionRoom.give(filesEach);
  }

  void forget(Connection connection) {
    idle.remove(connection);
  }

  /** A request on a kept connection was lost with it, unanswered, soon after it was sent. */
  void lostWhileKept() {
    lost++;
  }

  /** A request is sent a second time. */
  void resent() {
    resent++;
  }

  /** A server that is not there has lost its connections by that, not by its habits. */
  void notConnected() {
    lost = 0;
  }

  /**
   * Whether this server closes connections although it says that it keeps them: then each request
   * gets its own, because a closed one is only found by losing a request on it.
   */
  boolean serverCloses() {
    return lost >= CLOSES_AFTER_ANSWER;
  }

  public Distribution connectTimes() {
    return connect.snapshot();
  }

  public long openedCount() {
    return opened;
  }

  public long reusedCount() {
    return reused;
  }

  /** Requests sent a second time. */
  public long resentCount() {
    return resent;
  }

  Future<Void> close() {
    return wire.close();
  }
}
