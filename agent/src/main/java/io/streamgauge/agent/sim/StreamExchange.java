package io.streamgauge.agent.sim;

import io.streamgauge.agent.sim.dialect.EventEncoder;
import io.streamgauge.agent.sim.journal.Journal;
import io.streamgauge.agent.sim.journal.Trace;
import io.streamgauge.agent.sim.reply.AnswerSeeds;
import io.streamgauge.agent.sim.reply.Fault;
import io.streamgauge.agent.sim.reply.Framing;
import io.streamgauge.agent.sim.reply.Reply;
import io.streamgauge.agent.sim.reply.Schedule;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.agent.sim.reply.Vocabulary;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.SplittableRandom;

/** A reply as server-sent events. */
final class StreamExchange extends ServedExchange {
  private static final int EVENT_BYTES = 320;

  private final Framing framing;
  private final Vocabulary vocabulary;
  private final EventEncoder encoder;
  private final SplittableRandom cuts;
  private final int writes;
  private final int writesBeforeFault;
  private int written;
  private boolean strikes;

  StreamExchange(
      Reception reception, HttpServerRequest request, Reply reply, Trace trace, Journal journal) {
    super(reception, request, reply, trace, journal);
    SimulationOptions options = reception.options();
    this.framing = options.framing();
    this.vocabulary = Vocabulary.of(options.utf8());
    this.encoder =
        EventEncoder.of(
            reply.request(),
            trace.id(),
            options.model(),
            System.currentTimeMillis() / 1000,
            framing.crlf());
    this.cuts = AnswerSeeds.random(options.seed(), AnswerSeeds.CUTS, reply.ordinal());
    this.writes = Math.ceilDiv(reply.schedule().events(), framing.coalesce());
    this.writesBeforeFault = reply.writesBeforeFault(writes);
    this.strikes = reply.fault() != null && reply.fault().strikesMidway();
  }

  @Override
  protected void open() {
    response
        .setChunked(true)
        .putHeader("content-type", "text/event-stream; charset=utf-8")
        .writeHead();
    if (framing.keepAliveComment()) {
      write(encoder.comment());
    }
  }

  @Override
  protected long nextDue() {
    return written < writes
        ? reply.schedule().due(eventsIn(written + 1) - 1)
        : reply.schedule().end();
  }

  @Override
  protected void act() {
    if (strikes && written == writesBeforeFault) {
      strikes = false;
      strike();
    } else if (written < writes) {
      writeTokens();
      if (written == writes && !strikes) {
        close();
      }
    } else {
      close();
    }
  }

  private void writeTokens() {
    int from = eventsIn(written);
    int to = eventsIn(written + 1);
    Schedule schedule = reply.schedule();
    Buffer events = Buffer.buffer(EVENT_BYTES * (to - from));
    for (int event = from; event < to; event++) {
      encoder.appendTokens(
          events,
          vocabulary,
          reply.textSeed(),
          schedule.tokensBefore(event),
          schedule.tokensBefore(event + 1));
    }
    if (written == 0) {
      encoder.opening(framing.roleChunk()).forEach(this::write);
    }
    wrote(to - from, schedule.tokensBefore(to) - schedule.tokensBefore(from));
    write(events);
    written++;
  }

  private void close() {
    if (writes == 0) {
      encoder.opening(framing.roleChunk()).forEach(this::write);
    }
    encoder
        .closing(
            vocabulary,
            reply.textSeed(),
            reply.finishReason(),
            trace.tokens(),
            reply.fault() != Fault.NO_DONE)
        .forEach(this::write);
    response.end();
    end(false);
  }

  private void strike() {
    switch (reply.fault()) {
      case RESET -> {
        end(false);
        request.connection().close();
      }
      case CUT -> {
        response.end();
        end(false);
      }
      case STALL -> stall();
      case MALFORMED -> write(encoder.broken());
      case ERROR_EVENT -> {
        encoder.failing().forEach(this::write);
        response.end();
        end(false);
      }
      case HTTP_500, HTTP_429, HTML, NO_DONE, EMPTY ->
          throw new IllegalStateException(reply.fault() + " does not strike midway");
      case null -> throw new IllegalStateException("no fault to strike");
    }
  }

  private void write(Buffer bytes) {
    if (framing.split()) {
      int cut = cuts.nextInt(1, bytes.length());
      response.write(bytes.slice(0, cut));
      response.write(bytes.slice(cut, bytes.length()));
    } else {
      response.write(bytes);
    }
  }

  /** The events in the first {@code count} writes. */
  private int eventsIn(int count) {
    return (int) Math.min(reply.schedule().events(), (long) count * framing.coalesce());
  }
}
