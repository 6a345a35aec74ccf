package io.streamgauge.agent.sim;

import io.streamgauge.agent.sim.dialect.Bytes;
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
import io.vertx.core.http.HttpVersion;
import java.util.SplittableRandom;

/** A reply as server-sent events. */
final class StreamExchange extends ServedExchange {
  private final SocketWrites socket;
  private final WriteBuffer out;
  private final boolean chunked;
  private final Bytes bytes;
  private final Framing framing;
  private final Vocabulary vocabulary;
  private final EventEncoder encoder;
  private final SplittableRandom cuts;
  private final int writes;
  private final int writesBeforeFault;
  private int written;
  private int sent;
  private boolean strikes;

  StreamExchange(
      Reception reception, HttpServerRequest request, Reply reply, Trace trace, Journal journal) {
    super(reception, request, reply, trace, journal);
    SimulationOptions options = reception.options();
    this.socket = SocketWrites.of(request);
    this.chunked = request.version() != HttpVersion.HTTP_1_0;
    this.out = reception.out();
    this.bytes = reception.bytes();
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
    socket.onWritable(this::resume);
    if (framing.keepAliveComment()) {
      write(encoder.comment());
    }
  }

  @Override
  protected long nextDue() {
    return due(written);
  }

  /** When the write of that number is due; behind the last one comes the end. */
  private long due(int write) {
    return write < writes ? reply.schedule().due(eventsIn(write + 1) - 1) : reply.schedule().end();
  }

  /** A head that the response still holds back must not be overtaken. */
  @Override
  protected boolean blocked() {
    return !socket.isWritable() || (written == 0 && response.writeQueueFull());
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
    if (written == 0) {
      encoder.opening(framing.roleChunk()).forEach(this::write);
    }
    bytes.clear();
    for (int event = eventsIn(written); event < eventsIn(written + 1); event++) {
      encoder.appendTokens(
          bytes,
          vocabulary,
          reply.textSeed(),
          reply.schedule().tokensBefore(event),
          reply.schedule().tokensBefore(event + 1));
    }
    written++;
    write(bytes.array(), bytes.length());
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
            reply.schedule().tokensBefore(eventsIn(written)),
            reply.fault() != Fault.NO_DONE)
        .forEach(this::write);
    finish();
  }

  private void strike() {
    switch (reply.fault()) {
      case RESET -> {
        acted();
        end(false);
        socket.reset();
      }
      case CUT -> finish();
      case STALL -> stall();
      case MALFORMED -> write(encoder.broken());
      case ERROR_EVENT -> {
        encoder.failing().forEach(this::write);
        finish();
      }
      case HTTP_500, HTTP_429, HTML, NO_DONE, EMPTY ->
          throw new IllegalStateException(reply.fault() + " does not strike midway");
      case null -> throw new IllegalStateException("no fault to strike");
    }
  }

  private void write(Buffer block) {
    write(block.getBytes(), block.length());
  }

  private void write(byte[] from, int length) {
    if (framing.split()) {
      int cut = cuts.nextInt(1, length);
      append(from, 0, cut);
      acted();
      append(from, cut, length - cut);
      acted();
    } else {
      append(from, 0, length);
    }
  }

  /** The first version of HTTP knows no chunks. */
  private void append(byte[] from, int start, int length) {
    if (chunked) {
      out.chunk(from, start, length);
    } else {
      out.plain(from, start, length);
    }
  }

  @Override
  protected void acted() {
    if (!out.isEmpty()) {
      note();
      socket.send(out.take());
    }
  }

  /** The end goes with what was appended last. */
  private void finish() {
    if (!out.isEmpty()) {
      note();
      socket.write(out.take());
    }
    response.end();
    end(false);
  }

  /** The tokens that are about to be written. */
  private void note() {
    long now = System.nanoTime();
    for (; sent < written; sent++) {
      int from = eventsIn(sent);
      int to = eventsIn(sent + 1);
      Schedule schedule = reply.schedule();
      wrote(now, due(sent), to - from, schedule.tokensBefore(to) - schedule.tokensBefore(from));
    }
  }

  /** The events in the first {@code count} writes. */
  private int eventsIn(int count) {
    return (int) Math.min(reply.schedule().events(), (long) count * framing.coalesce());
  }
}
