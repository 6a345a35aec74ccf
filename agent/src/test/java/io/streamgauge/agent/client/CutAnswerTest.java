package io.streamgauge.agent.client;

import static io.streamgauge.common.measure.Outcome.CLIENT_ERROR;
import static io.streamgauge.common.measure.Outcome.ERROR_EVENT;
import static io.streamgauge.common.measure.Outcome.RATE_LIMITED;
import static io.streamgauge.common.measure.Outcome.RESET;
import static io.streamgauge.common.measure.Outcome.SERVER_ERROR;
import static io.streamgauge.common.measure.Outcome.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that is never whole: what its server had said before is not lost. */
@Execution(ExecutionMode.CONCURRENT)
class CutAnswerTest extends OverEachWire {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String TOKEN = "data: {\"choices\":[{\"delta\":{\"content\":\"w\"}}]}\n\n";

  private static String head(String status, String type) {
    return "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: 9999\r\n\r\n"
        .formatted(status, type);
  }

  static Stream<Arguments> answers() {
    String json = "application/json";
    String full = "{\"error\":{\"message\":\"cache full\"}}";
    String stream = head("200 OK", "text/event-stream") + TOKEN;
    return Stream.of(
        arguments(
            "an error", head("503 Busy", json) + full, SERVER_ERROR, SERVER_ERROR, "cache full"),
        arguments(
            "half an error",
            head("400 Bad", json) + full.substring(0, 30),
            CLIENT_ERROR,
            CLIENT_ERROR,
            "cache"),
        arguments(
            "a refusal",
            head("429 Slow\r\nRetry-After: 7", json) + full,
            RATE_LIMITED,
            RATE_LIMITED,
            "Retry-After: 7"),
        arguments(
            "an error without its blank line",
            stream + "data: {\"error\":\"cache full\"}\n",
            ERROR_EVENT,
            ERROR_EVENT,
            "cache full"),
        arguments(
            "a bare error", stream + "error: cache full", ERROR_EVENT, ERROR_EVENT, "cache full"),
        arguments("strange words", stream + "worker 3 lost\n", RESET, TIMEOUT, "worker 3 lost"),
        arguments(
            "a strange event",
            stream + "data: {\"msg\":\"worker 3 lost\"}\n\n",
            RESET,
            TIMEOUT,
            "worker 3 lost"),
        arguments("nothing but tokens", stream, RESET, TIMEOUT, ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void wordsBeforeACutAreKept(
      String what, String answer, Outcome cut, Outcome hanging, String words) {
    Vertx vertx = loops();
    RawServer server =
        new RawServer(vertx, (socket, _) -> socket.write(answer).onSuccess(_ -> socket.close()));
    try (Sending sending = sending(vertx, server.url(), Sending.shape(3, LONG))) {
      RequestRecord record = sending.send();

      assertThat(record.outcome()).as(record.error()).isEqualTo(cut);
      assertThat(record.error()).contains(words);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void wordsBeforeAStallAreKeptAndItLastsUntilItIsGivenUp(
      String what, String answer, Outcome cut, Outcome hanging, String words) {
    Vertx vertx = loops();
    Duration limit = Duration.ofMillis(1_500);
    RawServer server = new RawServer(vertx, (socket, _) -> socket.write(answer));
    try (Sending sending = sending(vertx, server.url(), Sending.shape(3, limit))) {
      RequestRecord record = sending.send();

      assertThat(record.outcome()).as(record.error()).isEqualTo(hanging);
      assertThat(record.error()).contains(words);
      if (hanging == TIMEOUT) {
        assertThat(record.ended() - record.started()).isGreaterThanOrEqualTo(limit.toNanos());
      }
    }
  }

  /** It would take the request's time limit, ten minutes by default, for words that are there. */
  @ParameterizedTest
  @ValueSource(strings = {"503 Busy", "400 Bad"})
  void theBodyOfAnErrorNeedsNoEnd(String status) {
    Vertx vertx = loops();
    String answer = head(status, "application/json") + "{\"error\":\"cache full\"}";
    RawServer server = new RawServer(vertx, (socket, _) -> socket.write(answer));
    try (Sending sending = sending(vertx, server.url(), Sending.shape(3, LONG))) {
      assertThat(sending.send().error()).contains("cache full");
    }
  }
}
