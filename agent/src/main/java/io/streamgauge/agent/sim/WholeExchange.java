package io.streamgauge.agent.sim;

import io.streamgauge.agent.sim.dialect.JsonReplies;
import io.streamgauge.agent.sim.dialect.SimulatedFailures;
import io.streamgauge.agent.sim.dialect.WholeEncoder;
import io.streamgauge.agent.sim.journal.Journal;
import io.streamgauge.agent.sim.journal.Trace;
import io.streamgauge.agent.sim.reply.Reply;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.agent.sim.reply.Vocabulary;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** A reply as one JSON answer, due when its last token is. */
final class WholeExchange extends ServedExchange {
  private final SimulationOptions options;

  WholeExchange(
      Reception reception, HttpServerRequest request, Reply reply, Trace trace, Journal journal) {
    super(reception, request, reply, trace, journal);
    this.options = reception.options();
  }

  @Override
  protected void open() {}

  @Override
  protected long nextDue() {
    return reply.schedule().end();
  }

  @Override
  protected void act() {
    Buffer answer =
        WholeEncoder.encode(
            reply,
            trace.id(),
            options.model(),
            System.currentTimeMillis() / 1000,
            Vocabulary.of(options.utf8()));
    switch (reply.fault()) {
      case STALL -> stall();
      case RESET -> {
        response.putHeader("content-type", "application/json");
        response.putHeader("content-length", String.valueOf(answer.length()));
        response.write(answer.slice(0, answer.length() / 2));
        end(false);
        SocketWrites.of(request).reset();
      }
      case CUT -> send(answer.slice(0, answer.length() / 2));
      case MALFORMED -> send(answer.slice(0, answer.length() - 2));
      case ERROR_EVENT -> {
        JsonReplies.error(response, SimulatedFailures.midway());
        end(false);
      }
      case EMPTY, NO_DONE, HTTP_500, HTTP_429, HTML -> send(answer);
      case null -> {
        wrote(System.nanoTime(), nextDue(), 1, reply.schedule().tokens());
        send(answer);
      }
    }
  }

  private void send(Buffer body) {
    JsonReplies.json(response, 200, body);
    end(false);
  }
}
