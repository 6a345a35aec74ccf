package io.streamgauge.agent.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.streamgauge.agent.sim.SimulatedEngine;
import io.streamgauge.agent.sim.reply.Fault;
import io.streamgauge.agent.sim.reply.Faults;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Execution(ExecutionMode.CONCURRENT)
class OutcomeTest extends OverEachWire {
  private static final Duration LONG = Duration.ofSeconds(60);

  private static SimulationOptions quick() {
    return SimulationOptions.defaults()
        .withLatency(LatencyModel.of(Duration.ofMillis(5), Duration.ofMillis(1)));
  }

  private static String start(Vertx vertx, SimulationOptions options) {
    SimulatedEngine engine = new SimulatedEngine(options);
    vertx.deployVerticle(engine).await();
    return engine.url();
  }

  @Test
  void aWholeAnswerIsOkAndCountsWhatTheServerCounted() {
    Vertx vertx = loops();
    try (Sending sending = sending(vertx, start(vertx, quick()), Sending.shape(16, LONG))) {
      RequestRecord record = sending.send();

      assertThat(record.outcome()).isEqualTo(Outcome.OK);
      assertThat(record.outputTokens()).isEqualTo(16);
      assertThat(record.tokensCounted()).isTrue();
      assertThat(record.chunks()).isEqualTo(16);
      assertThat(record.finishReason()).isEqualTo("length");
      assertThat(record.httpStatus()).isEqualTo(200);
      assertThat(record.gaps().count()).isEqualTo(15);
      assertThat(record.started()).isLessThanOrEqualTo(record.connected());
      assertThat(record.connected()).isLessThanOrEqualTo(record.sent());
      assertThat(record.sent()).isLessThan(record.firstByte());
      assertThat(record.firstByte()).isLessThanOrEqualTo(record.firstToken());
      assertThat(record.lastToken()).isLessThanOrEqualTo(record.ended());
      assertThat(record.value(Metric.TTFT).orElseThrow())
          .isGreaterThanOrEqualTo(Duration.ofMillis(5).toNanos());
      assertThat(record.value(Metric.E2E).orElseThrow())
          .isGreaterThanOrEqualTo(Duration.ofMillis(5 + 15).toNanos());
    }
  }

  @Test
  void whatTheServerFoundInItsCacheIsInTheRecordWhereItTells() {
    Vertx vertx = loops();
    String usage = "\"prompt_tokens\":5,";
    String told = usage + "\"prompt_tokens_details\":{\"cached_tokens\":4},";
    RawServer silent = new RawServer(vertx, (socket, _) -> socket.write(RawServer.stream(3)));
    RawServer telling =
        new RawServer(
            vertx, (socket, _) -> socket.write(answer(usage, told)).onSuccess(_ -> socket.close()));
    try (Sending toSilent = sending(vertx, silent.url(), Sending.shape(3, LONG));
        Sending toTelling = sending(vertx, telling.url(), Sending.shape(3, LONG))) {
      assertThat(toSilent.send().cachedTokens()).isEqualTo(RequestRecord.NONE);
      assertThat(toTelling.send().cachedTokens()).isEqualTo(4);
    }
  }

  /** The stream of three tokens with another beginning of its usage. */
  private static String answer(String usage, String other) {
    String body = RawServer.stream(3);
    String stream = body.substring(body.indexOf("data:")).replace(usage, other);
    return RawServer.response(200, "text/event-stream", stream);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        arguments(Fault.HTTP_500, Outcome.SERVER_ERROR, 500),
        arguments(Fault.HTTP_429, Outcome.RATE_LIMITED, 429),
        arguments(Fault.HTML, Outcome.HTML, 200),
        arguments(Fault.RESET, Outcome.RESET, 200),
        arguments(Fault.CUT, Outcome.TRUNCATED, 200),
        arguments(Fault.STALL, Outcome.TIMEOUT, 200),
        arguments(Fault.MALFORMED, Outcome.MALFORMED, 200),
        arguments(Fault.ERROR_EVENT, Outcome.ERROR_EVENT, 200),
        arguments(Fault.EMPTY, Outcome.EMPTY, 200));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void eachFaultOfAServerIsItsOwnOutcomeAndHasNoLatency(Fault fault, Outcome expected, int status) {
    Vertx vertx = loops();
    String url = start(vertx, quick().withFaults(new Faults(1, List.of(fault))));
    try (Sending sending = sending(vertx, url, Sending.shape(16, Duration.ofSeconds(2)))) {
      RequestRecord record = sending.send();

      assertThat(record.outcome()).isEqualTo(expected);
      assertThat(record.httpStatus()).isEqualTo(status);
      assertThat(record.error()).isNotBlank().hasSizeLessThanOrEqualTo(400);
      for (Metric metric : Metric.values()) {
        assertThat(record.value(metric)).isEmpty();
      }
    }
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        arguments(
            "a path that is not there",
            RawServer.response(404, "application/json", "{\"detail\":\"Not Found\"}"),
            Outcome.NOT_FOUND,
            "Not Found; asked for POST /v1/chat/completions"),
        arguments(
            "a model that is not there",
            RawServer.response(
                404,
                "application/json",
                "{\"error\":{\"message\":\"The model `x` does not"
                    + " exist.\",\"type\":\"NotFoundError\",\"param\":\"model\",\"code\":404}}"),
            Outcome.MODEL_NOT_FOUND,
            "The model `x` does not exist."),
        arguments(
            "a refused key",
            RawServer.response(401, "application/json", "{\"error\":\"Unauthorized\"}"),
            Outcome.UNAUTHORIZED,
            "Unauthorized"),
        arguments(
            "a wrong parameter",
            RawServer.response(
                400, "application/json", "{\"object\":\"error\",\"message\":\"bad max_tokens\"}"),
            Outcome.CLIENT_ERROR,
            "bad max_tokens"),
        arguments(
            "an error page",
            RawServer.response(
                502, "text/html", "<html><head><title>502 Bad Gateway</title></head></html>"),
            Outcome.SERVER_ERROR,
            "502 Bad Gateway"),
        arguments(
            "an empty error",
            RawServer.response(503, "text/plain", ""),
            Outcome.SERVER_ERROR,
            "empty"),
        arguments(
            "a redirect",
            "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
            Outcome.UNEXPECTED_STATUS,
            "Found, empty body; Location: /elsewhere"),
        arguments(
            "a refusal that says when to come again",
            "HTTP/1.1 429 Too Many\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n",
            Outcome.RATE_LIMITED,
            "Too Many, empty body; Retry-After: 7"),
        arguments(
            "a method that is not allowed",
            RawServer.response(405, "text/plain", "no"),
            Outcome.CLIENT_ERROR,
            "no; asked for POST /v1/chat/completions"),
        arguments(
            "JSON that is no stream",
            RawServer.response(200, "application/json", "{\"hello\":\"world\"}"),
            Outcome.NOT_A_STREAM,
            "hello"),
        arguments(
            "a web page",
            RawServer.response(
                200, "text/html; charset=utf-8", "<!doctype html><title>It works</title>"),
            Outcome.HTML,
            "It works"),
        arguments("no HTTP at all", "SSH-2.0-OpenSSH_9.2\r\n\r\n", Outcome.NOT_HTTP, "SSH-2.0"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void whateverAServerAnswersHasItsOutcomeAndItsWords(
      String what, String answer, Outcome expected, String words) {
    Vertx vertx = loops();
    RawServer server =
        new RawServer(vertx, (socket, _) -> socket.write(answer).onSuccess(_ -> socket.close()));
    try (Sending sending = sending(vertx, server.url(), Sending.shape(16, LONG))) {
      RequestRecord record = sending.send();

      assertThat(record.outcome()).as(what).isEqualTo(expected);
      assertThat(record.error()).contains(words);
    }
  }

  @Test
  void aServerThatIsDownIsConnectFailed() {
    Vertx vertx = loops();
    RawServer server = new RawServer(vertx, (_, _) -> {});
    int free = server.port();
    server.close();
    try (Sending sending = sending(vertx, "http://127.0.0.1:" + free, Sending.shape(16, LONG))) {
      RequestRecord record = sending.send();

      assertThat(record.outcome()).isEqualTo(Outcome.CONNECT_FAILED);
      assertThat(record.connected()).isEqualTo(RequestRecord.NONE);
      assertThat(record.sent()).isEqualTo(RequestRecord.NONE);
    }
  }

  @Test
  void aHostThatDoesNotResolveIsUnknownHost() {
    Vertx vertx = loops();
    try (Sending sending = sending(vertx, "http://no-such-host.invalid", Sending.shape(16, LONG))) {
      assertThat(sending.send().outcome()).isEqualTo(Outcome.UNKNOWN_HOST);
    }
  }

  @Test
  void tlsToAServerWithoutTlsIsTlsFailed() {
    Vertx vertx = loops();
    RawServer server = new RawServer(vertx, (socket, _) -> socket.write("never reached"));
    server.onBytes("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    try (Sending sending =
        sending(vertx, server.url().replace("http:", "https:"), Sending.shape(16, LONG))) {
      assertThat(sending.send().outcome()).isEqualTo(Outcome.TLS_FAILED);
    }
  }

  @Test
  void aStoppedRequestIsCancelledAndNoFailure() {
    Vertx vertx = loops();
    try (Sending sending =
        sending(
            vertx,
            start(vertx, quick().withFaults(new Faults(1, List.of(Fault.STALL)))),
            Sending.shape(16, LONG))) {
      RequestRecord record = sending.sendAndCancel();

      assertThat(record.outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(record.outcome().failed()).isFalse();
    }
  }
}
