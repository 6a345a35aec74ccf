package io.streamgauge.controller.api;

import io.streamgauge.controller.api.answer.Answers;
import io.streamgauge.controller.api.answer.Problem;
import io.streamgauge.controller.book.RunBook;
import io.streamgauge.controller.book.RunNews;
import io.streamgauge.controller.book.RunState;
import io.streamgauge.controller.book.RunView;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The news of runs as server-sent events. A stream takes its next events from the book when the
 * socket has room for them, so a slow reader misses live numbers, of which it is told, but is never
 * buffered for; one that takes nothing between two beats is dropped.
 */
final class EventStreams {
  private static final String TYPE = "text/event-stream; charset=utf-8";
  private static final int ROOM = 64 * 1024;
  private static final int AT_ONCE = 16;

  /** Each holds a connection for as long as its reader likes. */
  private static final int MOST = 64;

  private final Vertx vertx;
  private final Context context;
  private final RunBook book;
  private final Duration beat;
  private final AtomicInteger open = new AtomicInteger();

  /** {@code beat} is how often a silent stream is kept alive by a comment. */
  EventStreams(Vertx vertx, Context context, RunBook book, Duration beat) {
    this.vertx = vertx;
    this.context = context;
    this.book = book;
    this.beat = beat;
  }

  int open() {
    return open.get();
  }

  /** Answers with the events of a run that are newer than what the client has. */
  void serve(RoutingContext call, RunView run) {
    if (Answers.head(call)) {
      Answers.text(call, 200, TYPE, "");
      return;
    }
    if (open.get() >= MOST) {
      Answers.problem(
          call, Problem.of(503, "Busy", "%d streams of events are open".formatted(MOST)));
      return;
    }
    new Stream(call.response(), run.id(), lastId(call.request().getHeader("Last-Event-ID")))
        .begin();
  }

  private static long lastId(@Nullable String header) {
    return header != null && header.matches("\\d{1,18}") ? Long.parseLong(header) : 0;
  }

  private final class Stream implements Runnable {
    private final HttpServerResponse response;
    private final String id;
    private long last;
    private long timer;
    private boolean stuck;
    private boolean done;

    Stream(HttpServerResponse response, String id, long last) {
      this.response = response;
      this.id = id;
      this.last = last;
    }

    /** There is news; called on the run's thread. */
    @Override
    public void run() {
      context.runOnContext(_ -> pump());
    }

    void begin() {
      open.incrementAndGet();
      response
          .setChunked(true)
          .setWriteQueueMaxSize(ROOM)
          .putHeader("Content-Type", TYPE)
          .exceptionHandler(_ -> finish())
          .closeHandler(_ -> finish())
          .drainHandler(_ -> pump());
      response.write("retry: 1000\n\n");
      timer = vertx.setPeriodic(beat.toMillis(), _ -> beat());
      book.follow(id, this);
      pump();
    }

    private void pump() {
      stuck = stuck && response.writeQueueFull();
      while (!done && !response.writeQueueFull()) {
        List<RunNews.Entry> next = book.news(id, last, AT_ONCE);
        if (next.isEmpty()) {
          endIfOver();
          return;
        }
        StringBuilder text = new StringBuilder();
        for (RunNews.Entry entry : next) {
          text.append(EventText.of(entry, last));
          last = entry.number();
        }
        response.write(text.toString());
      }
    }

    private void endIfOver() {
      if (book.run(id).filter(run -> run.state() != RunState.ENDED).isEmpty()) {
        finish();
        response.end();
      }
    }

    private void beat() {
      if (!response.writeQueueFull()) {
        stuck = false;
        response.write(":\n\n");
      } else if (stuck) {
        finish();
        response.reset();
      } else {
        stuck = true;
      }
    }

    private void finish() {
      if (!done) {
        done = true;
        open.decrementAndGet();
        vertx.cancelTimer(timer);
        book.leave(id, this);
      }
    }
  }
}
