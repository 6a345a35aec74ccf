package io.streamgauge.agent.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.streamgauge.common.agent.TargetProbe;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.plan.request.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a server does to one request, that request ends, with bounded memory, and the others of
 * the same lane are answered meanwhile.
 */
class HostileServerTest extends OverEachWire {
  private static final Duration LONG = Duration.ofSeconds(60);
  static final long MEGABYTE = 1 << 20;
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  static final String STREAM = OK + "Content-Type: text/event-stream\r\n";
  private static final String CHUNKED = STREAM + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String TOKEN =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"w\"}}]}\n\n";

  static Stream<Arguments> floods() {
    return Stream.of(
        arguments("one event without end", STREAM + "\r\ndata: ", "x", Outcome.TOO_LARGE, "event"),
        arguments(
            "an event of data lines without end",
            STREAM + "\r\n",
            "data: x\n",
            Outcome.TOO_LARGE,
            "event"),
        arguments("a line of a field without end", STREAM + "\r\n", "x", Outcome.TOO_LARGE, ""),
        arguments("a comment without end", STREAM + "\r\n:", "x", Outcome.TOO_LARGE, ""),
        arguments("headers without end", OK, "X-More: of it\r\n", Outcome.NOT_HTTP, "64 KiB"),
        arguments("one header without end", OK + "X-More: ", "x", Outcome.NOT_HTTP, "64 KiB"),
        arguments("a status line without end", "HTTP/1.1 200 ", "O", Outcome.NOT_HTTP, "64 KiB"),
        arguments(
            "interim responses without end",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.1 103 E\r\n\r\n",
            Outcome.NOT_HTTP,
            "64 KiB"),
        arguments(
            "an extension of a chunk without end",
            CHUNKED + "5;",
            "x",
            Outcome.NOT_HTTP,
            "chunk-size line"),
        arguments(
            "a chunk size of zeros without end", CHUNKED, "0", Outcome.NOT_HTTP, "chunk-size line"),
        arguments(
            "trailers without end",
            CHUNKED + "0\r\n",
            "X-More: of it\r\n",
            Outcome.NOT_HTTP,
            "trailers"),
        arguments(
            "a web page without end",
            OK + "Content-Type: text/html\r\n\r\n<title>here</title>",
            "x",
            Outcome.HTML,
            "here"),
        arguments(
            "an error without end",
            "HTTP/1.1 500 Oops\r\n\r\nfirst words ",
            "x",
            Outcome.SERVER_ERROR,
            "first words"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("floods")
  void aFloodIsCutOffSoonAndIsItsOutcome(
      String what, String opening, String again, Outcome expected, String words) {
    Vertx vertx = loops();
    AtomicLong written = new AtomicLong();
    try (Sending sending =
        sending(vertx, hostile(vertx, opening, again, written).url(), Sending.shape(4, LONG))) {
      RequestRecord record = sendBesideOthers(sending);

      assertThat(record.outcome()).as(what + ": " + record.error()).isEqualTo(expected);
      assertThat(record.error()).contains(words).hasSizeLessThanOrEqualTo(400);
      assertThat(written.get()).isLessThan(40 * MEGABYTE);
    }
  }

  @Test
  void anAnswerThatNeverEndsIsCutOffWithBoundedMemory() {
    Vertx vertx = loops();
    AtomicLong written = new AtomicLong();
    try (Sending sending =
        sending(
            vertx, hostile(vertx, STREAM + "\r\n", TOKEN, written).url(), Sending.shape(4, LONG))) {
      RequestRecord record = sendBesideOthers(sending);

      assertThat(record.outcome()).as(record.error()).isEqualTo(Outcome.TOO_LARGE);
      assertThat(record.error()).contains("chunks");
    }
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        arguments("a huge chunk", CHUNKED + "fffffffffffff\r\nx", "chunk size"),
        arguments("a chunk size that overflows", CHUNKED + "1" + "0".repeat(40), "chunk size"),
        arguments("a negative chunk", CHUNKED + "-5\r\nhello", "chunk size"),
        arguments("no chunk size", CHUNKED + "\r\nhello", "chunk size"),
        arguments("a chunk longer than its size", CHUNKED + "2\r\nhello", "end of a chunk"),
        arguments("a negative length", STREAM + "Content-Length: -1\r\n\r\nx", "Content-Length"),
        arguments(
            "a length that overflows",
            STREAM + "Content-Length: 99999999999999999999\r\n\r\nx",
            "Content-Length"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void aLieAboutALengthIsNotHttp(String what, String answer, String words) {
    Vertx vertx = loops();
    RawServer server = firstOf(vertx, answer);
    try (Sending sending = sending(vertx, server.url(), Sending.shape(4, LONG))) {
      RequestRecord record = sendBesideOthers(sending);

      assertThat(record.outcome()).as(what + ": " + record.error()).isEqualTo(Outcome.NOT_HTTP);
      assertThat(record.error()).contains(words);
    }
  }

  @Test
  void aCountOfTokensBeyondAnyAnswerIsNotBelieved() {
    Vertx vertx = loops();
    String event =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"w\"}}],"
            + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":%d}}\n\n";
    RawServer server =
        firstOf(
            vertx,
            STREAM
                + "Connection: close\r\n\r\n"
                + event.formatted(1)
                + event.formatted(Integer.MAX_VALUE));
    try (Sending sending = sending(vertx, server.url(), Sending.shape(4, LONG))) {
      RequestRecord record = sendBesideOthers(sending);

      assertThat(record.outcome()).as(record.error()).isEqualTo(Outcome.TOO_LARGE);
      assertThat(record.error()).contains("completion_tokens: 2147483647");
    }
  }

  @Test
  void aListOfModelsWithoutEndIsAProblemOfTheProbeAndFillsNoMemory() {
    Vertx vertx = loops();
    AtomicLong written = new AtomicLong();
    try {
      RawServer server =
          new RawServer(
              vertx,
              (socket, _) ->
                  Flood.on(
                      vertx,
                      socket,
                      OK + "Content-Type: application/json\r\n\r\n[",
                      "1,",
                      written));

      TargetProbe probe =
          TargetProber.probe(
                  vertx,
                  new Target(server.url(), Optional.empty(), Optional.empty(), Map.of()),
                  Optional.empty())
              .await();

      assertThat(probe.models()).isEmpty();
      assertThat(probe.problem().orElseThrow()).contains("longer than");
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void aPackedBodyIsNotUnpacked() {
    Vertx vertx = loops();
    RawServer server =
        firstOf(vertx, STREAM + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u001f\b\b0");
    try (Sending sending = sending(vertx, server.url(), Sending.shape(4, LONG))) {
      RequestRecord record = sendBesideOthers(sending);

      assertThat(record.outcome()).isEqualTo(Outcome.NOT_A_STREAM);
      assertThat(record.error()).contains("gzip");
    }
  }

  /** The next request must not take what is left over for its answer. */
  @Test
  void bytesAfterTheEndOfAnAnswerAreNobodysAnswer() {
    Vertx vertx = loops();
    RawServer server =
        new RawServer(
            vertx, (socket, _) -> socket.write(RawServer.stream(3) + RawServer.stream(9)));
    try (Sending sending = sending(vertx, server.url(), Sending.shape(4, LONG))) {
      List<RequestRecord> records = sending.sendInTurn(5);

      assertThat(records)
          .allSatisfy(
              record -> {
                assertThat(record.outcome()).as(record.error()).isEqualTo(Outcome.OK);
                assertThat(record.chunks()).isEqualTo(3);
                assertThat(record.firstByte()).isGreaterThan(record.sent());
              });
      assertThat(server.connections()).isEqualTo(5);
    }
  }

  static RawServer hostile(Vertx vertx, String opening, String again, AtomicLong written) {
    return new RawServer(
        vertx,
        (socket, request) -> {
          if (request.contains("X-Request-Id: test-0\r\n")) {
            Flood.on(vertx, socket, opening, again, written);
          } else {
            socket.write(RawServer.stream(3));
          }
        });
  }

  private static RawServer firstOf(Vertx vertx, String answer) {
    return new RawServer(
        vertx,
        (socket, request) ->
            socket.write(
                request.contains("X-Request-Id: test-0\r\n") ? answer : RawServer.stream(3)));
  }

  private static RequestRecord sendBesideOthers(Sending sending) {
    Future<RequestRecord> victim = sending.begin();
    answered(sending);
    RequestRecord record = victim.await();
    answered(sending);
    return record;
  }

  static void answered(Sending sending) {
    for (int i = 0; i < 4; i++) {
      RequestRecord other = sending.send();
      assertThat(other.outcome()).as(other.error()).isEqualTo(Outcome.OK);
      assertThat(other.chunks()).isEqualTo(3);
    }
  }
}
