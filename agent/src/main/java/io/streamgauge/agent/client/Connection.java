package io.streamgauge.agent.client;

import io.streamgauge.agent.client.answer.ChunkTimes;
import io.streamgauge.agent.client.answer.OrdinaryEvents;
import io.streamgauge.agent.client.wire.WireListener;
import io.streamgauge.agent.client.wire.WireSocket;
import io.streamgauge.agent.stream.http.KeepAlive;
import io.streamgauge.agent.stream.http.MalformedResponseException;
import io.streamgauge.agent.stream.http.ResponseDecoder;
import io.streamgauge.agent.stream.http.ResponseHead;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the target, carrying one exchange at a time. Each read has one stamp, which
 * belongs to all that the read brought.
 */
final class Connection implements ResponseDecoder.Sink, WireListener {
  private static final long DRAIN_NANOS = 2_000_000_000;

  private final WireSocket socket;
  private final ConnectionPool pool;
  private final OrdinaryEvents ordinary;
  private final LongSupplier clock;
  private final ResponseDecoder decoder = new ResponseDecoder(this);
  private @Nullable Exchange exchange;

  /** Of the exchange, while its answer goes on in ordinary events. */
  private @Nullable ChunkTimes goingOn;

  private @Nullable Exchange answered;
  private boolean whole;
  private boolean draining;
  private long drains;
  private boolean keep;
  private long readAt;
  private long idleSince;
  private boolean last;
  private long carried;
  private KeepAlive kept = KeepAlive.UNSAID;
  private boolean closed;
  private boolean unread;
  private boolean handed;

  Connection(WireSocket socket, ConnectionPool pool, OrdinaryEvents ordinary, LongSupplier clock) {
    this.socket = socket;
    this.pool = pool;
    this.ordinary = ordinary;
    this.clock = clock;
    this.idleSince = clock.getAsLong();
    socket.listen(this);
  }

  /** A connection that ended before its response did. */
  static final class ClosedException extends RuntimeException {
    ClosedException() {
      super("the server closed the connection", null, false, false);
    }
  }

  /**
   * Sends a request; its exchange hears of the write's end, of the response and of any failure.
   *
   * @param noMore whether the connection is not to be kept after it
   */
  void send(Exchange next, byte[] request, boolean noMore) {
    carry(next);
    carried++;
    last = noMore;
    handed = false;
    decoder.expect();
    socket.send(
        request,
        now -> {
          handed = true;
          next.sent(now);
        });
  }

  /** Only a server that ended its side without a byte of the request cannot have read it. */
  @Override
  public void ended() {
    if (!closed) {
      unread = socket.gotNothing();
      closed(new ClosedException());
    }
  }

  @Override
  public void failed(Throwable why) {
    closed(why);
  }

  @Override
  public void gone() {
    pool.gone();
  }

  @Override
  public void read(byte[] bytes, int offset, int length, long stamp) {
    int limit = offset + length;
    int at = goingOn == null ? offset : ordinary.chunks(bytes, offset, limit, goingOn, stamp);
    if (at < limit) {
      readWithCare(bytes, at, limit, stamp);
    }
  }

  private void readWithCare(byte[] bytes, int from, int limit, long stamp) {
    readAt = stamp;
    try {
      decoder.feed(bytes, from, limit - from);
    } catch (MalformedResponseException e) {
      Exchange current = exchange;
      close();
      if (current != null) {
        current.notHttp(e, readAt);
      }
    }
    settle();
    goingOn = exchange != null && decoder.betweenChunks() ? exchange.goingOn() : null;
  }

  private void carry(@Nullable Exchange next) {
    exchange = next;
    goingOn = null;
  }

  @Override
  public void head(ResponseHead head) {
    kept = kept.then(head.keepAlive());
    if (exchange != null) {
      exchange.head(head, readAt);
    }
  }

  @Override
  public void body(byte[] data, int offset, int length) {
    if (exchange != null) {
      exchange.body(data, offset, length, readAt);
    }
  }

  @Override
  public void end(boolean keepAlive) {
    answered = exchange;
    carry(null);
    whole = true;
    draining = false;
    keep = keepAlive && !last && kept.allowsMore(carried);
  }

  /**
   * Gives up the connection, then tells the exchange, which may start the next one at once. Only
   * when the read is used up: bytes after the answer end the connection, and must not be taken for
   * the answer to a request that is yet to be sent. Nor is one kept whose request was answered
   * before it was sent whole: the server would take the next one for the rest of it.
   */
  private void settle() {
    if (!whole) {
      return;
    }
    whole = false;
    Exchange current = answered;
    answered = null;
    if (keep && handed && !closed) {
      idleSince = readAt;
      pool.release(this);
    } else {
      close();
    }
    if (current != null) {
      current.end(readAt);
    }
  }

  private void closed(Throwable reason) {
    if (closed) {
      return;
    }
    closed = true;
    readAt = clock.getAsLong();
    pool.forget(this);
    boolean over = decoder.close();
    Exchange current = exchange;
    carry(null);
    settle();
    if (current != null && !over) {
      current.broken(reason, unread, readAt);
    }
    socket.close();
  }

  /**
   * Its exchange has its answer and waits no more: the connection is kept if the body ends soon,
   * and is closed if not.
   */
  void drain() {
    carry(null);
    draining = true;
    long one = ++drains;
    pool.later(
        DRAIN_NANOS,
        () -> {
          if (draining && drains == one) {
            close();
          }
        });
  }

  /** Closes it without telling the exchange, which has seen enough. */
  void close() {
    closed = true;
    carry(null);
    pool.forget(this);
    socket.close();
  }

  /** Whether it has carried a request: one that was opened before the level began has not. */
  boolean used() {
    return carried > 0;
  }

  /** Whether the server has closed it while it waited; to be asked before a request is sent. */
  boolean endedMeanwhile() {
    return socket.closed();
  }

  /** Whether it has waited so long, or as long as the server has said that it keeps it. */
  boolean idleFor(long nanos) {
    return clock.getAsLong() - idleSince > Math.min(nanos, kept.idleNanos());
  }
}
