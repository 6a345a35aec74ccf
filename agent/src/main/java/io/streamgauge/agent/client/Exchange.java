package io.streamgauge.agent.client;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import io.streamgauge.agent.stream.ErrorBody;
import io.streamgauge.agent.stream.SseDecoder;
import io.streamgauge.common.measure.Outcome;
import io.vertx.core.Timer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request on its way: connect, send, read, end. Ends exactly once. */
final class Exchange {
  private static final int MOST_OF_AN_ERROR_BODY = 1 << 16;
  private static final String REQUEST_ID = "X-Request-Id";

  private final TargetClient client;
  private final Timeline timeline;
  private final Buffer body;
  private final Consumer<Exchange> ended;
  private final Timer timer;
  private @Nullable HttpClientRequest request;
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
    long asked = client.now();
    client
        .http()
        .request(client.options())
        .onComplete(got -> connected(got, asked), error -> connectFailed(error));
  }

  private void connected(HttpClientRequest got, long asked) {
    if (over) {
      got.reset();
      return;
    }
    request = got;
    timeline.connected = client.now();
    timeline.reused = client.connections().take(got.connection(), timeline.connected - asked);
    got.putHeader(REQUEST_ID, timeline.requestId);
    if (client.connections().serverCloses()) {
      got.putHeader(HttpHeaders.CONNECTION, "close");
    }
    // The response tells of every failure; without a handler of its own the request would log it
    // too.
    got.exceptionHandler(_ -> {});
    got.response().onComplete(this::answered, this::broken);
    got.end(body).onSuccess(_ -> timeline.sent = client.now());
  }

  private void connectFailed(Throwable error) {
    fail(Failures.connecting(error), Failures.message(error));
  }

  private void answered(HttpClientResponse response) {
    timeline.firstByte = client.now();
    timeline.status = response.statusCode();
    String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
    response.exceptionHandler(this::broken);
    if (timeline.status == 200 && SseDecoder.reads(type)) {
      readStream(response);
    } else {
      readWhole(response, type == null ? "" : type);
    }
  }

  private void readStream(HttpClientResponse response) {
    StreamReader reader = new StreamReader(timeline, client.scratch());
    response.handler(
        buffer -> {
          long now = client.now();
          if (!reader.read(buffer, now) && !over) {
            reader.judge();
            abandon();
            end(now);
          }
        });
    response.endHandler(
        _ -> {
          long now = client.now();
          reader.end(now);
          end(now);
        });
  }

  private void readWhole(HttpClientResponse response, String type) {
    Buffer start = Buffer.buffer();
    response.handler(
        buffer -> {
          int room = MOST_OF_AN_ERROR_BODY - start.length();
          start.appendBuffer(buffer, 0, Math.min(room, buffer.length()));
          if (buffer.length() > room) {
            judgeWhole(start, type);
            abandon();
            end(client.now());
          }
        });
    response.endHandler(
        _ -> {
          judgeWhole(start, type);
          end(client.now());
        });
  }

  private void judgeWhole(Buffer start, String type) {
    ErrorBody error = ErrorBody.of(start.getBytes());
    if (timeline.status != 200) {
      timeline.fail(Failures.status(timeline.status, error), error.message());
    } else if (error.form() == ErrorBody.Form.HTML) {
      timeline.fail(Outcome.HTML, error.message());
    } else {
      timeline.fail(
          Outcome.NOT_A_STREAM,
          "content type %s: %s".formatted(type.isEmpty() ? "none" : type, error.message()));
    }
  }

  /**
   * The connection broke: a reused one that never answered was closed before our request reached
   * it.
   */
  private void broken(Throwable error) {
    if (over) {
      return;
    }
    if (timeline.reused && timeline.firstByte == NONE) {
      client.connections().stale();
      timeline.sendAgain();
      start();
      return;
    }
    fail(Outcome.RESET, Failures.message(error));
  }

  private void timedOut() {
    abandon();
    fail(
        Outcome.TIMEOUT,
        "no complete answer within %d ms, %d chunks seen"
            .formatted(client.timeout().toMillis(), timeline.chunks()));
  }

  void cancel() {
    abandon();
    fail(Outcome.CANCELLED, "the run was stopped");
  }

  private void fail(Outcome outcome, String message) {
    if (!over) {
      timeline.fail(outcome, message);
      end(client.now());
    }
  }

  /** Closes the connection, so that the server stops working for nothing. */
  private void abandon() {
    if (request != null) {
      boolean wasOver = over;
      over = true;
      request.reset();
      over = wasOver;
    }
  }

  private void end(long now) {
    if (over) {
      return;
    }
    over = true;
    timer.cancel();
    timeline.ended = now;
    ended.accept(this);
  }
}
