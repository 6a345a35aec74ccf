package io.streamgauge.agent.sim;

import io.streamgauge.agent.sim.journal.Journal;
import io.streamgauge.agent.sim.journal.Trace;
import io.streamgauge.agent.sim.reply.Finish;
import io.streamgauge.agent.sim.reply.Reply;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.LongConsumer;

/**
 * One request from its arrival to its line in the log.
 *
 * <p>Every act is due at a time fixed by the start, and never counted from the last write, so being
 * late once delays nothing that follows.
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
  private final LongConsumer begin = this::begin;
  private final Runnable turn = this::turn;
  private State state = State.QUEUED;
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
    if (response.closed()) {
      end(true);
    } else {
      reception.slots().enter(trace.received(), begin);
    }
  }

  /** The request has got its slot. */
  protected abstract void open();

  /** When the next act is due, counted from the start. */
  protected abstract long nextDue();

  /** Does what is due; afterwards it has ended, stalled, or has a next due time. */
  protected abstract void act();

  /** Whether the reader must catch up before the next act. */
  protected boolean blocked() {
    return response.writeQueueFull();
  }

  /** What is due at one time is done, or so much of it that it should go. */
  protected void acted() {}

  /** Tokens that were due at {@code due}, counted from the start, are written {@code now}. */
  protected final void wrote(long now, long due, int events, int tokens) {
    trace.time(now, journal.times());
    trace.wrote(now, events, tokens);
    journal.wrote(events, tokens);
    if (drained == Long.MIN_VALUE || start + due - drained > 0) {
      journal.late(now - start - due);
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
    if (state == State.RUNNING) {
      reception.timetable().remove(turn);
    }
    state = State.ENDED;
    journal.finished(trace.served(cancelled), Finish.of(reply, cancelled));
    if (served) {
      reception.slots().leave(System.nanoTime());
    } else {
      reception.slots().abandon(begin);
    }
  }

  private void begin(long since) {
    start = since;
    state = State.RUNNING;
    trace.started(start);
    journal.started(reply.promptTokens());
    open();
    turn();
  }

  private void turn() {
    long last = start;
    for (int acts = 0; state == State.RUNNING; acts++) {
      long now = System.nanoTime();
      long due = acts < ACTS_A_TURN ? start + nextDue() : now;
      if (due != last) {
        acted();
      }
      if (due - now > 0 || acts == ACTS_A_TURN) {
        reception.timetable().at(due, turn);
        return;
      }
      last = due;
      if (blocked()) {
        state = State.BLOCKED;
      } else {
        act();
      }
    }
    acted();
  }

  protected final void resume() {
    if (state == State.BLOCKED) {
      state = State.RUNNING;
      drained = System.nanoTime();
      turn();
    }
  }
}
