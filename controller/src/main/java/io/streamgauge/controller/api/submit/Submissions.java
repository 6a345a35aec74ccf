package io.streamgauge.controller.api.submit;

import io.streamgauge.common.plan.FileGate;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.controller.api.answer.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/**
 * Takes plans off their calls: none larger than a plan may be, none for longer than a client needs
 * to send it, and few at once. They are read one after the other, beside the event loop.
 *
 * <p>All on the event loop of the API.
 */
public final class Submissions {
  public static final long LONGEST = 8L << 20;

  /** So much more is dropped unseen, since most clients read no answer before all is sent. */
  private static final long MOST_DROPPED = 4 * LONGEST;

  private static final int MOST = 16;
  private static final long SECONDS = 30;
  private static final int MOST_DIGITS = 18;

  private final Vertx vertx;
  private final FileGate files;
  private int taken;

  public Submissions(Vertx vertx, FileGate files) {
    this.vertx = vertx;
    this.files = files;
  }

  /** The plan that the call brings; fails with what is wrong with it. */
  public Future<Plan> take(HttpServerRequest request) {
    String type = Submission.type(request.getHeader("Content-Type"));
    announced(request);
    if (taken >= MOST) {
      throw Problem.of(503, "Busy", "%d plans are being read; try again".formatted(MOST)).thrown();
    }
    expected(request);
    taken++;
    return body(request)
        .compose(body -> vertx.executeBlocking(() -> Submission.read(type, body.getBytes(), files)))
        .onComplete(_ -> taken--);
  }

  /** A body that says of itself that it is too long is not waited for. */
  private static void announced(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    if (length != null && (length.length() > MOST_DIGITS || Long.parseLong(length) > LONGEST)) {
      throw tooLarge();
    }
  }

  private static void expected(HttpServerRequest request) {
    String wish = request.getHeader("Expect");
    if (wish == null) {
      return;
    }
    if (!wish.equalsIgnoreCase("100-continue")) {
      throw Problem.of(417, "Expectation failed", "Expect: 100-continue is all that can be met")
          .thrown();
    }
    request.response().writeContinue();
  }

  private Future<Buffer> body(HttpServerRequest request) {
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    long timer =
        vertx.setTimer(
            TimeUnit.SECONDS.toMillis(SECONDS),
            _ ->
                whole.tryFail(
                    Problem.of(408, "Too slow", "no whole plan came within %d s".formatted(SECONDS))
                        .thrown()));
    long[] length = {0};
    request.handler(
        piece -> {
          length[0] += piece.length();
          if (length[0] <= LONGEST) {
            body.appendBuffer(piece);
          } else if (length[0] > MOST_DROPPED) {
            whole.tryFail(tooLarge());
          }
        });
    request.exceptionHandler(
        _ ->
            whole.tryFail(
                Problem.of(400, "Bad request", "the body cannot be read to its end").thrown()));
    request.endHandler(
        _ -> {
          if (length[0] <= LONGEST) {
            whole.tryComplete(body);
          } else {
            whole.tryFail(tooLarge());
          }
        });
    return whole.future().onComplete(_ -> vertx.cancelTimer(timer));
  }

  private static Problem.Thrown tooLarge() {
    return Problem.of(413, "Too large", "a plan may have %d bytes at most".formatted(LONGEST))
        .thrown();
  }
}
