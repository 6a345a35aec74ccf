package io.streamgauge.agent.client;

import static io.streamgauge.common.measure.Outcome.EMPTY;
import static io.streamgauge.common.measure.Outcome.ERROR_EVENT;
import static io.streamgauge.common.measure.Outcome.HTML;
import static io.streamgauge.common.measure.Outcome.MALFORMED;
import static io.streamgauge.common.measure.Outcome.OK;
import static io.streamgauge.common.measure.Outcome.TRUNCATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.streamgauge.common.measure.Oddity;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams as servers, gateways and proxies out there send them: what becomes of each. */
class StreamKindsTest extends OverEachWire {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int ASKED = 64;
  private static final String CHUNK =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"w\"}}]}\n\n";
  private static final String STOP =
      "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  private static final String DONE = "data: [DONE]\n\n";

  private static String usage(int tokens) {
    return usage("\"completion_tokens\":" + tokens);
  }

  private static String usage(String counts) {
    return "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,%s}}\n\n".formatted(counts);
  }

  private static String chunks(int count) {
    return CHUNK.repeat(count);
  }

  private static String sound(int count) {
    return chunks(count) + STOP + usage(count) + DONE;
  }

  private RequestRecord answered(String type, String body) {
    Vertx vertx = loops();
    RawServer server =
        new RawServer(
            vertx,
            (socket, _) ->
                socket.write(RawServer.response(200, type, body)).onSuccess(_ -> socket.close()));
    try (Sending sending = sending(vertx, server.url(), Sending.shape(ASKED, LONG))) {
      return sending.send();
    }
  }

  private RequestRecord answered(String body) {
    return answered("text/event-stream", body);
  }

  static Stream<Arguments> failures() {
    String words = "slot lost";
    String error = "{\"message\":\"slot lost\",\"code\":500}";
    return Stream.of(
        arguments("a field named error", chunks(3) + "error: " + error + "\n\n" + DONE, words),
        arguments("such a field at the beginning", "error: " + error + "\n\n" + DONE, words),
        arguments("such a field in plain words", "error: slot lost\n\n" + DONE, words),
        arguments(
            "an event named error",
            chunks(3) + "event: error\ndata: " + error + "\n\n" + DONE,
            words),
        arguments("an event named exception", "event: exception\ndata: slot lost\n\n", words),
        arguments("a named error without data", chunks(3) + "event: error\n\n" + DONE, "error"),
        arguments(
            "an error by its type",
            chunks(3) + "data: {\"type\":\"error\",\"message\":\"slot lost\"}\n\n" + STOP + DONE,
            words),
        arguments(
            "a detail", chunks(3) + "data: {\"detail\":\"slot lost\"}\n\n" + STOP + DONE, words),
        arguments(
            "a code",
            chunks(3) + "data: {\"error_code\":7,\"error_msg\":\"slot lost\"}\n\n" + STOP + DONE,
            words),
        arguments(
            "a finish reason",
            chunks(3) + STOP.replace("stop", "error") + usage(3) + DONE,
            "finish_reason error"),
        arguments(
            "a finish reason and words after it",
            chunks(3)
                + STOP.replace("stop", "server_error")
                + "data: {\"error\":\"slot lost\"}\n\n",
            words),
        arguments("a bare error", "{\"error\":" + error + "}", words),
        arguments(
            "a bare error over several lines",
            "{\n  \"error\": {\n    \"message\": \"slot lost\"\n  }\n}\n",
            words),
        arguments("a bare error amid the answer", chunks(3) + "{\"error\":\"slot lost\"}\n", words),
        arguments(
            "plain words amid the answer",
            chunks(3) + "upstream error: slot lost\n\n" + DONE,
            words),
        arguments(
            "strange words and no finish reason", chunks(3) + "data: slot lost\n\n" + DONE, words),
        arguments(
            "an error behind the end",
            chunks(3) + STOP + DONE + "data: {\"error\":\"slot lost\"}\n\n",
            words),
        arguments(
            "a named error behind the end", sound(3) + "event: error\ndata: slot lost\n\n", words),
        arguments("a field named error behind the end", sound(3) + "error: slot lost\n\n", words),
        arguments(
            "a response that is complete and failed",
            "data: {\"type\":\"response.completed\",\"response\":{\"status\":\"failed\","
                + "\"error\":{\"message\":\"slot lost\"}}}\n\n",
            words),
        arguments(
            "a gateway's error around its provider's",
            "data: {\"error\":{\"message\":\"Provider returned error\","
                + "\"metadata\":{\"raw\":\"slot lost\"}}}\n\n",
            words),
        arguments(
            "an error in a choice",
            chunks(3)
                + "data: {\"choices\":[{\"delta\":{},\"error\":{\"message\":\"slot lost\"}}]}\n\n"
                + DONE,
            words));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void anErrorInAStreamFailsTheRequestWithTheServersWords(String what, String body, String words) {
    RequestRecord record = answered(body);

    assertThat(record.outcome()).as(what).isEqualTo(ERROR_EVENT);
    assertThat(record.error()).contains(words);
  }

  static Stream<Arguments> others() {
    return Stream.of(
        arguments("a page", "<!doctype html><title>Bad Gateway</title>", HTML, "Bad Gateway"),
        arguments(
            "damaged JSON", chunks(3) + "data: {\"choices\":[\n\n" + STOP, MALFORMED, "choices"),
        arguments("a cut", chunks(3), TRUNCATED, "after 3 chunks"),
        arguments(
            "a cut within an event", chunks(3) + "data: {\"cho", TRUNCATED, "inside an event"),
        arguments("nothing", "", EMPTY, "without a token"),
        arguments(
            "text under a name that is not known",
            "data: {\"choices\":[{\"delta\":{\"prose\":\"w\"}}]}\n\n" + STOP + usage(20) + DONE,
            EMPTY,
            "usage counts 20; its chunks hold choices[].delta.prose, which is not known"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void whatIsNoAnswerSaysWhatItWas(String what, String body, Outcome outcome, String words) {
    RequestRecord record = answered(body);

    assertThat(record.outcome()).as(what).isEqualTo(outcome);
    assertThat(record.error()).contains(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"e", "data", "error", "\uFEFF", ""})
  void aBodyTooShortToTellIsToldWhole(String body) {
    RequestRecord record = answered("text/plain", body);

    assertThat(record.outcome()).isEqualTo(Outcome.NOT_A_STREAM);
    assertThat(record.error()).contains(body.equals("\uFEFF") ? "text/plain" : body);
  }

  static Stream<Arguments> whole() {
    Set<Oddity> none = Set.of();
    String stream = "text/event-stream";
    return Stream.of(
        arguments("a sound one", stream, sound(4), none),
        arguments("empty data", stream, "data:\n\ndata: \n\n" + sound(4), none),
        arguments("a comment as data", stream, "data: : keepalive\n\n" + sound(4), none),
        arguments("a ping by name", stream, "event: ping\ndata: ping\n\n" + sound(4), none),
        arguments("a ping by type", stream, "data: {\"type\":\"ping\"}\n\n" + sound(4), none),
        arguments(
            "other comments and fields", stream, ": P\n\nretry: 3\nid: 1\n\n" + sound(4), none),
        arguments("one line end between events", stream, sound(4).replace("\n\n", "\n"), none),
        arguments(
            "NaN beside the chunk", stream, sound(4).replace("\"index\":0", "\"p\":NaN"), none),
        arguments("usage behind the end", stream, chunks(4) + STOP + DONE + usage(4), none),
        arguments("no [DONE]", stream, chunks(4) + STOP + usage(4), Set.of(Oddity.NO_DONE)),
        arguments(
            "no finish reason",
            stream,
            chunks(4) + usage(4) + DONE,
            Set.of(Oddity.NO_FINISH_REASON)),
        arguments(
            "a finish reason that is none",
            stream,
            chunks(4) + STOP.replace("stop", "null") + usage(4) + DONE,
            Set.of(Oddity.NO_FINISH_REASON)),
        arguments(
            "an event that is not known",
            stream,
            "data: {\"hello\":\"world\"}\n\n" + sound(4),
            Set.of(Oddity.UNKNOWN_EVENT)),
        arguments(
            "text under an unknown name",
            stream,
            "data: {\"choices\":[{\"delta\":{\"prose\":\"hm\"}}]}\n\n" + sound(4),
            Set.of(Oddity.UNKNOWN_TEXT)),
        arguments(
            "the whole message at its end",
            stream,
            chunks(4)
                + "data: {\"choices\":[{\"message\":{\"content\":\"wwww\"},"
                + "\"finish_reason\":\"stop\"}]}\n\n"
                + usage(4)
                + DONE,
            none),
        arguments("text behind its end", stream, sound(4) + CHUNK, Set.of(Oddity.UNKNOWN_EVENT)),
        arguments(
            "a name beside the role",
            stream,
            "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"name\":\"bot\"}}]}\n\n"
                + sound(4),
            none),
        arguments("no content type", "", sound(4), Set.of(Oddity.CONTENT_TYPE)),
        arguments("plain text", "text/plain", "\n" + sound(4), Set.of(Oddity.CONTENT_TYPE)),
        arguments("JSON", "application/json", ": x\n\n" + sound(4), Set.of(Oddity.CONTENT_TYPE)),
        arguments(
            "a doubled content type",
            "text/event-stream\r\nContent-Type: text/event-stream",
            sound(4),
            Set.of(Oddity.CONTENT_TYPE)),
        arguments(
            "lines of JSON",
            stream,
            sound(4).replace("data: {", "{").replace("\n\n", "\n"),
            Set.of(Oddity.UNFRAMED)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whole")
  void aWholeAnswerIsMeasuredAndWhatIsOddAboutItTold(
      String what, String type, String body, Set<Oddity> oddities) {
    RequestRecord record = answered(type, body);

    assertThat(record.outcome()).as("%s: %s", what, record.error()).isEqualTo(OK);
    assertThat(record.chunks()).isEqualTo(4);
    assertThat(record.outputTokens()).isEqualTo(4);
    assertThat(record.inputTokens()).isEqualTo(5);
    assertThat(record.tokensCounted()).isTrue();
    assertThat(record.remarks().oddities()).isEqualTo(oddities);
  }

  static Stream<Arguments> counts() {
    String each = "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":%d},\"choices\"";
    String hidden =
        "\"completion_tokens\":44,\"completion_tokens_details\":{\"reasoning_tokens\":40}";
    String thought = CHUNK.replace("content", "reasoning");
    return Stream.of(
        arguments("told", chunks(4) + STOP + usage(8), 8, true, null),
        arguments("none", chunks(4) + STOP, 4, false, null),
        arguments("zero", chunks(4) + STOP + usage(0), 4, false, Oddity.USAGE_BELOW_CHUNKS),
        arguments("one", chunks(4) + STOP + usage(1), 4, false, Oddity.USAGE_BELOW_CHUNKS),
        arguments(
            "each chunk's own",
            chunks(4).replace("\"choices\"", each.formatted(1)) + STOP,
            4,
            false,
            Oddity.USAGE_BELOW_CHUNKS),
        arguments(
            "each chunk's own, of several tokens",
            chunks(4).replace("\"choices\"", each.formatted(6)) + STOP,
            4,
            false,
            Oddity.USAGE_NOT_GROWING),
        arguments(
            "each chunk's own and the total",
            chunks(4).replace("\"choices\"", each.formatted(6)) + STOP + usage(24),
            24,
            true,
            null),
        arguments(
            "above the limit", chunks(4) + STOP + usage(820), 4, false, Oddity.USAGE_ABOVE_LIMIT),
        arguments(
            "above the limit, and so many came", chunks(90) + STOP + usage(90), 90, true, null),
        arguments(
            "hidden reasoning", chunks(4) + STOP + usage(hidden), 4, true, Oddity.HIDDEN_REASONING),
        arguments(
            "hidden reasoning beyond the limit",
            chunks(4) + STOP + usage(hidden.replace("44", "444").replace("40", "440")),
            4,
            true,
            Oddity.HIDDEN_REASONING),
        arguments(
            "reasoning that was shown",
            thought.repeat(40) + chunks(4) + STOP + usage(hidden),
            44,
            true,
            null),
        arguments(
            "reasoning of which a summary was shown",
            thought + chunks(4) + STOP + usage(hidden),
            5,
            true,
            Oddity.HIDDEN_REASONING),
        arguments(
            "reasoning that is counted apart",
            chunks(4)
                + STOP
                + usage(
                    "\"completion_tokens\":40,\"total_tokens\":75,"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":30}"),
            40,
            true,
            null),
        arguments(
            "reasoning shown as an answer", chunks(44) + STOP + usage(hidden), 44, true, null));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("counts")
  void aCountAgainstTheEvidenceIsNotBelieved(
      String what, String body, int tokens, boolean counted, Oddity oddity) {
    RequestRecord record = answered(body + DONE);

    assertThat(record.outcome()).as(what).isEqualTo(OK);
    assertThat(record.outputTokens()).isEqualTo(tokens);
    assertThat(record.tokensCounted()).isEqualTo(counted);
    assertThat(record.remarks().oddities()).isEqualTo(oddity == null ? Set.of() : Set.of(oddity));
    assertThat(record.remarks().hiddenTokens() > 0).isEqualTo(oddity == Oddity.HIDDEN_REASONING);
  }
}
