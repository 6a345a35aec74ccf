package io.streamgauge.agent.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.streamgauge.common.measure.Oddity;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An answer ends with its last event; what the server does with the connection costs nothing. */
@Execution(ExecutionMode.CONCURRENT)
class AnswerEndTest extends OverEachWire {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String TOKEN = "data: {\"choices\":[{\"delta\":{\"content\":\"w\"}}]}\n\n";
  private static final String STOP = "data: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\n";
  private static final String USAGE =
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}\n\n";
  private static final String DONE = "data: [DONE]\n\n";
  private static final String LAST = "0\r\n\r\n";

  /** All of it in one read, so that its last token and its last event have one stamp. */
  private static String open(String... events) {
    String body = String.join("", events);
    return HEAD + "%x\r\n%s\r\n".formatted(body.length(), body);
  }

  static Stream<Arguments> unended() {
    String whole = open(TOKEN, TOKEN, STOP, USAGE, DONE);
    return Stream.of(
        arguments("nothing after it", whole, "", Set.of()),
        arguments("no usage", open(TOKEN, TOKEN, STOP, DONE), "", Set.of()),
        arguments("no [DONE]", open(TOKEN, TOKEN, STOP, USAGE), "", Set.of(Oddity.NO_DONE)),
        arguments("no HTTP after it", whole, "nonsense", Set.of()),
        arguments("damaged events after it", whole, "6\r\ndata: \r\n4\r\n{\n\n\n\r\n", Set.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unended")
  void anAnswerWhoseBodyIsNotEndedEndsAtItsLastEvent(
      String what, String answer, String after, Set<Oddity> oddities) {
    Vertx vertx = loops();
    RawServer server = new RawServer(vertx, (socket, _) -> socket.write(answer + after));
    try (Sending sending = sending(vertx, server.url(), Sending.shape(3, LONG))) {
      RequestRecord record = sending.send();

      assertThat(record.outcome()).as("%s: %s", what, record.error()).isEqualTo(Outcome.OK);
      assertThat(record.ended()).isEqualTo(record.lastToken());
      assertThat(record.remarks().oddities()).isEqualTo(oddities);
    }
  }

  @Test
  void aResetAfterItsEndDoesNotFailIt() {
    Vertx vertx = loops();
    String whole = open(TOKEN, TOKEN, STOP, USAGE, DONE);
    RawServer server =
        new RawServer(vertx, (socket, _) -> socket.write(whole).onSuccess(_ -> socket.close()));
    try (Sending sending = sending(vertx, server.url(), Sending.shape(3, LONG))) {
      assertThat(sending.send().outcome()).isEqualTo(Outcome.OK);
    }
  }

  @Test
  void aConnectionWhoseBodyDoesNotEndIsClosed() {
    Vertx vertx = loops();
    Promise<Void> closed = Promise.promise();
    RawServer server =
        new RawServer(
            vertx,
            (socket, _) -> {
              socket.closeHandler(_ -> closed.complete());
              socket.write(open(TOKEN, TOKEN, STOP, USAGE, DONE));
            });
    try (Sending sending = sending(vertx, server.url(), Sending.shape(3, LONG))) {
      assertThat(sending.send().outcome()).isEqualTo(Outcome.OK);
      closed.future().timeout(30, TimeUnit.SECONDS).await();
    }
  }

  @Test
  void aConnectionWhoseBodyEndsLateIsKept() {
    Vertx vertx = loops();
    List<NetSocket> sockets = new CopyOnWriteArrayList<>();
    RawServer server =
        new RawServer(
            vertx,
            (socket, _) -> {
              sockets.add(socket);
              socket.write(open(TOKEN, TOKEN, STOP, USAGE, DONE));
            });
    try (Sending sending = sending(vertx, server.url(), Sending.shape(3, LONG))) {
      RequestRecord record = sending.send();
      while (!record.reused() && sockets.size() < 50) {
        sockets.getLast().write(LAST).await();
        record = sending.send();
      }
      assertThat(record.reused()).isTrue();
      assertThat(record.outcome()).isEqualTo(Outcome.OK);
    }
  }
}
