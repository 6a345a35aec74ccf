package io.streamgauge.agent.sim;

import io.streamgauge.agent.sim.dialect.ApiException;
import io.streamgauge.agent.sim.dialect.Bytes;
import io.streamgauge.agent.sim.dialect.JsonReplies;
import io.streamgauge.agent.sim.dialect.RequestReader;
import io.streamgauge.agent.sim.dialect.SimulatedFailures;
import io.streamgauge.agent.sim.journal.Journal;
import io.streamgauge.agent.sim.journal.Trace;
import io.streamgauge.agent.sim.reply.AnswerSeeds;
import io.streamgauge.agent.sim.reply.Api;
import io.streamgauge.agent.sim.reply.Fault;
import io.streamgauge.agent.sim.reply.Finish;
import io.streamgauge.agent.sim.reply.InferenceRequest;
import io.streamgauge.agent.sim.reply.Reply;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HexFormat;

/** Takes requests for replies: reads them, plans the reply and puts them in line. */
record Reception(
    SimulationOptions options, Slots slots, Timetable timetable, WriteBuffer out, Bytes bytes) {
  void receive(HttpServerRequest request, Api api, Journal journal) {
    // A client that goes away within its request leaves nobody to answer.
    request.body().onSuccess(body -> defer(request, api, body, System.nanoTime(), journal));
  }

  /** To read and plan takes as long as the writes of many tokens, which would be late for it. */
  private void defer(
      HttpServerRequest request, Api api, Buffer body, long received, Journal journal) {
    timetable.whenIdle(() -> accept(request, api, body, received, journal));
  }

  private void accept(
      HttpServerRequest request, Api api, Buffer body, long received, Journal journal) {
    InferenceRequest asked;
    try {
      asked = RequestReader.read(api, body, options);
    } catch (ApiException wrong) {
      journal.refused();
      JsonReplies.error(request.response(), wrong);
      return;
    }
    Reply reply = Reply.plan(options, asked, journal.received());
    Trace trace = new Trace(id(request, reply), received, reply);
    if (reply.fault() != null && reply.fault().strikesAtOnce()) {
      strike(request.response(), reply.fault());
      journal.finished(trace.served(false), Finish.ERROR);
    } else if (asked.stream()) {
      new StreamExchange(this, request, reply, trace, journal).enter();
    } else {
      new WholeExchange(this, request, reply, trace, journal).enter();
    }
  }

  private static void strike(HttpServerResponse response, Fault fault) {
    switch (fault) {
      case HTTP_500 -> JsonReplies.error(response, SimulatedFailures.atOnce());
      case HTTP_429 -> {
        response.putHeader("retry-after", "1");
        JsonReplies.error(response, SimulatedFailures.tooMany());
      }
      case HTML -> JsonReplies.text(response, "text/html; charset=utf-8", SimulatedFailures.PAGE);
      case RESET, CUT, STALL, MALFORMED, ERROR_EVENT, NO_DONE, EMPTY ->
          throw new IllegalStateException(fault + " does not strike at once");
    }
  }

  private String id(HttpServerRequest request, Reply reply) {
    String named = request.getHeader("X-Request-Id");
    return named != null
        ? named
        : HexFormat.of()
            .toHexDigits(AnswerSeeds.mix(options.seed(), AnswerSeeds.TEXT, reply.ordinal()));
  }
}
