package io.streamgauge.agent.sim;

import io.streamgauge.agent.sim.journal.Journal;
import io.streamgauge.agent.sim.journal.Trace;
import io.streamgauge.agent.sim.reply.Finish;
import io.streamgauge.agent.sim.reply.Reply;
import io.vertx.core.Timer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request from its arrival to its line in the log.
 *
 * <p>Every act is due at a time fixed by the start. The one timer is always set against the next
 * due time and never against the last write, so being late once delays nothing that follows.
 */
abstract class ServedExchange {
  /** More acts that are due at once than these let the others on the event loop go first. */
  private static final int ACTS_A_TURN = 256;

  private enum State {
    QUEUED,
    RUNNING,
    BLOCKED,
    STALLED,
    ENDED
  }

  protected final HttpServerRequest request;
  protected final HttpServerResponse response;
  protected final Reply reply;
  protected final Trace trace;
  private final Reception reception;
  private final Journal journal;
  private final Runnable begin = this::begin;
  private State state = State.QUEUED;
  private @Nullable Timer timer;
  private long start;
  private long drained = Long.MIN_VALUE;

  ServedExchange(
      Reception reception, HttpServerRequest request, Reply reply, Trace trace, Journal journal) {
    this.reception = reception;
    this.request = request;
    this.response = request.response();
    this.reply = reply;
    this.trace = trace;
    this.journal = journal;
  }

  final void enter() {
    response.closeHandler(gone -> end(true));
    response.drainHandler(drain -> resume());
    reception.slots().enter(begin);
  }

  /** The request has got its slot. */
  protected abstract void open();

  /** When the next act is due, counted from the start. */
  protected abstract long nextDue();

  /** Does what is due; afterwards it has ended, stalled, or has a next due time. */
  protected abstract void act();

  protected final void wrote(int events, int tokens) {
    long now = System.nanoTime();
    long due = start + nextDue();
    trace.time(now, journal.times());
    trace.wrote(now, events, tokens);
    journal.wrote(events, tokens);
    if (drained == Long.MIN_VALUE || due - drained > 0) {
      journal.late(now - due);
    }
  }

  protected final void stall() {
    state = State.STALLED;
  }

  protected final void end(boolean cancelled) {
    if (state == State.ENDED) {
      return;
    }
    boolean served = state != State.QUEUED;
    state = State.ENDED;
    if (timer != null) {
      timer.cancel();
    }
    journal.finished(trace.served(cancelled), Finish.of(reply, cancelled));
    if (served) {
      reception.slots().leave();
    } else {
      reception.slots().abandon(begin);
    }
  }

  private void begin() {
    start = System.nanoTime();
    state = State.RUNNING;
    trace.started(start);
    journal.started(reply.promptTokens());
    open();
    turn();
  }

  private void turn() {
    for (int acts = 0; acts < ACTS_A_TURN && state == State.RUNNING; acts++) {
      long wait = start + nextDue() - System.nanoTime();
      if (wait > 0) {
        sleep(wait);
        return;
      }
      if (response.writeQueueFull()) {
        state = State.BLOCKED;
        return;
      }
      act();
    }
    if (state == State.RUNNING) {
      sleep(1);
    }
  }

  private void sleep(long nanos) {
    timer = reception.vertx().timer(nanos, TimeUnit.NANOSECONDS);
    timer.onSuccess(fired -> turn());
  }

  private void resume() {
    if (state == State.BLOCKED) {
      state = State.RUNNING;
      drained = System.nanoTime();
      turn();
    }
  }
}
