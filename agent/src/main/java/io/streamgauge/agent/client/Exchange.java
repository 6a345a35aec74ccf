package io.streamgauge.agent.client;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import io.streamgauge.agent.client.answer.AnswerReader;
import io.streamgauge.agent.client.answer.ChunkTimes;
import io.streamgauge.agent.client.answer.EmbeddingReader;
import io.streamgauge.agent.client.answer.SniffingReader;
import io.streamgauge.agent.client.answer.StreamReader;
import io.streamgauge.agent.client.answer.Timeline;
import io.streamgauge.agent.client.answer.WholeReader;
import io.streamgauge.agent.stream.StreamStart;
import io.streamgauge.agent.stream.http.ResponseHead;
import io.streamgauge.common.measure.Oddity;
import io.streamgauge.common.measure.Outcome;
import io.vertx.core.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request on its way: connect, send, read, end. Ends exactly once. */
final class Exchange {
  private static final long SOON_NANOS = 500_000_000;
  private static final String MAYBE_READ =
      "; it was a kept one, but the request may have been read, so it was not sent again";

  /** So long an answer that is over waits for its body's end, by which its connection is free. */
  private static final long FOR_CONNECTION_NANOS = 20_000_000;

  /** So long it waits for its usage, which some servers send behind its end. */
  private static final long FOR_USAGE_NANOS = 250_000_000;

  /** Silence after which an answer with finish reason and usage is over though nobody says so. */
  private static final long SILENCE_NANOS = 2_000_000_000;

  private final TargetClient client;
  private final Timeline timeline;
  private final byte[] body;
  private final Consumer<Exchange> ended;
  private final Timer timer;
  private @Nullable Timer end;
  private @Nullable Connection connection;
  private @Nullable AnswerReader reader;
  private AnswerReader.Progress watched = AnswerReader.Progress.GOING_ON;
  private long lastRead = NONE;
  private boolean early;
  private boolean over;

  Exchange(TargetClient client, Timeline timeline, byte[] body, Consumer<Exchange> ended) {
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
    taken.send(this, client.head().with(timeline, last, body), last);
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
    early = timeline.sent == NONE;
    reader = reader(head);
  }

  private AnswerReader reader(ResponseHead head) {
    if (head.status() != 200 || head.encoded()) {
      return whole(head);
    }
    return switch (client.head().endpoint()) {
      case EMBEDDINGS -> new EmbeddingReader(timeline);
      case CHAT, COMPLETIONS, RESPONSES, MESSAGES ->
          StreamStart.isNamedBy(head.field("Content-Type"))
              ? new StreamReader(timeline, client.scratch())
              : new SniffingReader(() -> unannounced(head), () -> whole(head));
    };
  }

  private AnswerReader whole(ResponseHead head) {
    return new WholeReader(timeline, head, client.head().path());
  }

  private AnswerReader unannounced(ResponseHead head) {
    String type = head.field("Content-Type");
    timeline.remark(Oddity.CONTENT_TYPE, type.isEmpty() ? "no content type" : type);
    return new StreamReader(timeline, client.scratch());
  }

  void body(byte[] data, int offset, int length, long now) {
    if (over || reader == null) {
      return;
    }
    lastRead = now;
    if (!reader.read(data, offset, length, now)) {
      abandon();
      finish(now);
    } else {
      watch(reader.progress());
    }
  }

  /** See {@link AnswerReader#goingOn}. */
  @Nullable ChunkTimes goingOn() {
    return over || reader == null ? null : reader.goingOn();
  }

  /** Sets the time by which an answer that is over, or may be, is taken as it is. */
  private void watch(AnswerReader.Progress progress) {
    if (progress == watched) {
      return;
    }
    watched = progress;
    switch (progress) {
      case GOING_ON -> {}
      case MAYBE_OVER -> after(SILENCE_NANOS, this::silent);
      case OVER ->
          after(timeline.counted() ? FOR_CONNECTION_NANOS : FOR_USAGE_NANOS, this::conclude);
    }
  }

  private void after(long nanos, Runnable act) {
    if (end != null) {
      end.cancel();
    }
    end = client.vertx().timer(nanos, TimeUnit.NANOSECONDS);
    end.onSuccess(_ -> act.run());
  }

  /** Nothing more came, or more did: then it is looked at again. */
  private void silent() {
    if (over || reader == null) {
      return;
    }
    long left = Math.max(lastRead, timeline.lastEvent()) + SILENCE_NANOS - client.now();
    if (left <= 0) {
      conclude();
    } else {
      after(left, this::silent);
    }
  }

  /** The answer is over, whatever the server does with the connection. */
  private void conclude() {
    if (over || reader == null) {
      return;
    }
    reader.end();
    if (connection != null) {
      connection.drain();
    }
    finish(client.now());
  }

  private boolean answered() {
    return reader != null && reader.progress() == AnswerReader.Progress.OVER;
  }

  void end(long now) {
    if (!over && reader != null) {
      reader.end();
      finish(now);
    }
  }

  void notHttp(RuntimeException error, long now) {
    if (answered()) {
      end(now);
      return;
    }
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
    if (answered()) {
      end(now);
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
      cut(Outcome.RESET, Failures.message(error) + (kept ? MAYBE_READ : ""), now);
    }
  }

  private void timedOut() {
    if (!over && answered()) {
      conclude();
    } else if (!over) {
      abandon();
      cut(
          Outcome.TIMEOUT,
          "no complete answer within %d ms, %d chunks seen%s"
              .formatted(
                  client.timeout().toMillis(),
                  timeline.chunks(),
                  timeline.finishReason.isEmpty()
                      ? ""
                      : ", finish_reason %s and no end".formatted(timeline.finishReason)),
          client.now());
    }
  }

  void cancel(Outcome outcome) {
    if (!over && answered()) {
      conclude();
    } else if (!over) {
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

  /** What the server has said before goes into the failure, and may be what it was. */
  private void cut(Outcome outcome, String how, long now) {
    if (reader == null) {
      fail(outcome, how, now);
    } else {
      reader.cutOff(outcome, how);
      finish(now);
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
    if (end != null) {
      end.cancel();
    }
    if (early && timeline.outcome == Outcome.OK) {
      timeline.fail(Outcome.NOT_HTTP, "the answer began before the request was sent whole");
    }
    timeline.ended = reader == null || timeline.outcome != Outcome.OK ? now : reader.endOr(now);
    ended.accept(this);
  }
}
