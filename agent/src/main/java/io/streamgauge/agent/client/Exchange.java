package io.streamgauge.agent.client;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import io.streamgauge.agent.stream.ResponseHead;
import io.streamgauge.agent.stream.SseDecoder;
import io.streamgauge.common.measure.Outcome;
import io.vertx.core.Timer;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request on its way: connect, send, read, end. Ends exactly once. */
final class Exchange {
  private static final long SOON_NANOS = 500_000_000;
  private static final String MAYBE_READ =
      "; it was a kept one, but the request may have been read, so it was not sent again";

  private final TargetClient client;
  private final Timeline timeline;
  private final Buffer body;
  private final Consumer<Exchange> ended;
  private final Timer timer;
  private @Nullable Connection connection;
  private @Nullable AnswerReader reader;
  private boolean over;

  Exchange(TargetClient client, Timeline timeline, Buffer body, Consumer<Exchange> ended) {
    this.client = client;
    this.timeline = timeline;
    this.body = body;
    this.ended = ended;
    this.timer = client.vertx().timer(client.timeout().toNanos(), TimeUnit.NANOSECONDS);
    timer.onSuccess(_ -> timedOut());
  }

  Timeline timeline() {
    return timeline;
  }

  void start() {
    client.connections().take(this);
  }

  void connected(Connection taken, boolean reused) {
    if (over) {
      taken.close();
      return;
    }
    connection = taken;
    if (timeline.connected == NONE) { // the first one counts
      timeline.connected = client.now();
      timeline.reused = reused;
    }
    boolean last = client.connections().serverCloses();
    taken.send(this, client.head().with(timeline.requestId, last, body), last);
  }

  void connectFailed(Throwable error) {
    client.connections().notConnected();
    fail(Failures.connecting(error), Failures.message(error), client.now());
  }

  /** The request's last byte has gone to the socket. */
  void sent(long now) {
    if (timeline.sent == NONE) {
      timeline.sent = now;
    }
  }

  void head(ResponseHead head, long now) {
    timeline.firstByte = now;
    timeline.status = head.status();
    reader =
        head.status() == 200 && SseDecoder.reads(head.field("Content-Type")) && !head.encoded()
            ? new StreamReader(timeline, client.scratch())
            : new WholeReader(timeline, head);
  }

  void body(byte[] data, int offset, int length, long now) {
    if (!over && reader != null && !reader.read(data, offset, length, now)) {
      abandon();
      finish(now);
    }
  }

  void end(long now) {
    if (!over && reader != null) {
      reader.end();
      finish(now);
    }
  }

  void notHttp(RuntimeException error, long now) {
    fail(Outcome.NOT_HTTP, Failures.message(error), now);
  }

  /**
   * The connection ended before the answer did. A request goes over another one only when the
   * server cannot have read it: nothing is sent twice that may be answered twice.
   *
   * @param unread whether the server closed a kept connection before a byte of the request came
   */
  void broken(Throwable error, boolean unread, long now) {
    if (over) {
      return;
    }
    boolean kept = timeline.reused && timeline.firstByte == NONE;
    if (kept && (timeline.sent == NONE || now - timeline.sent < SOON_NANOS)) {
      client.connections().lostWhileKept();
    }
    if (kept && unread) {
      client.connections().resent();
      start();
    } else {
      fail(Outcome.RESET, Failures.message(error) + (kept ? MAYBE_READ : ""), now);
    }
  }

  private void timedOut() {
    if (!over) {
      abandon();
      fail(
          Outcome.TIMEOUT,
          "no complete answer within %d ms, %d chunks seen"
              .formatted(client.timeout().toMillis(), timeline.chunks()),
          client.now());
    }
  }

  void cancel(Outcome outcome) {
    if (!over) {
      abandon();
      fail(outcome, outcome.meaning(), client.now());
    }
  }

  /** Closes the connection, so that the server stops working for nothing. */
  private void abandon() {
    if (connection != null) {
      connection.close();
    }
  }

  private void fail(Outcome outcome, String message, long now) {
    if (!over) {
      timeline.fail(outcome, message);
      finish(now);
    }
  }

  private void finish(long now) {
    over = true;
    timer.cancel();
    timeline.ended = now;
    ended.accept(this);
  }
}
