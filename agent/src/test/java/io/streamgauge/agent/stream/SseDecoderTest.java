package io.streamgauge.agent.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SseDecoderTest {
  static Stream<Arguments> rules() {
    return Stream.of(
        rule(
            "a line feed ends a line, an empty line the event", "data: a\n\ndata: b\n\n", "a", "b"),
        rule("CRLF is one line end", "data: a\r\n\r\ndata: b\r\n\r\n", "a", "b"),
        rule("a lone CR is one too", "data: a\r\rdata: b\r\r", "a", "b"),
        rule("line ends may be mixed", "data: a\r\n\ndata: b\n\r\ndata: c\r\r\n", "a", "b", "c"),
        rule(
            "one blank after the colon is dropped, no more", "data:  a \n\ndata:b\n\n", " a ", "b"),
        rule("data lines are joined", "data: a\ndata: b\ndata:\ndata: c\n\n", "a\nb\n\nc"),
        rule(
            "comments and other fields are no data",
            ":x\nevent: e\nid: 1\nretry: 9\ndata: a\n\n",
            "a"),
        rule(
            "fields between data lines do not part them",
            "data: a\n: x\nid: 1\ndata: b\n\n",
            "a\nb"),
        rule(
            "an event without data is none", "event: ping\n\n: x\n\n\n\nid: 1\n\ndata: a\n\n", "a"),
        rule(
            "a data line may be empty",
            "data\n\ndata:\n\ndata: \n\ndata\ndata\n\n",
            "",
            "",
            "",
            "\n"),
        rule(
            "field names are exact",
            "Data: a\n\n data: a\n\ndata : a\n\ndatax: a\n\ndat: a\n\ndata: b\n\n",
            "stray Data: a",
            "stray  data: a",
            "stray data : a",
            "stray datax: a",
            "stray dat: a",
            "b"),
        rule("a byte order mark at the start is dropped", "\uFEFFdata: a\n\n", "a"),
        rule("a byte order mark alone is an empty line", "\uFEFF\ndata: a\n\n", "a"),
        rule(
            "a byte order mark elsewhere spoils its field",
            "data: a\n\n\uFEFFdata: b\n\n",
            "a",
            "stray \uFEFFdata: b"),
        rule("a colon in the value stays", "data: a: b:\n\n", "a: b:"),
        rule(
            "tabs and blanks are no line ends",
            "data: a\tb\u000Bc\u0085d\u2028e\n\n",
            "a\tb\u000Bc\u0085d\u2028e"),
        rule("text of any script", "data: 静か😀🪿 Größe\n\n", "静か😀🪿 Größe"),
        rule("a last event without its blank line counts", "data: a\n\ndata: b\n", "a", "b"),
        rule("so does a last [DONE] without a line end", "data: a\n\ndata: [DONE]", "a", "[DONE]"),
        rule("an empty stream has no events", ""),
        rule(
            "JSON values in successive lines are events of their own",
            "data: {\"a\":\"}\"}\ndata: [1]\ndata: {\"b\":{}}\ndata: [DONE]\n",
            "{\"a\":\"}\"}",
            "[1]",
            "{\"b\":{}}",
            "[DONE]"),
        rule(
            "one JSON value over several lines is one event",
            "data: {\ndata: \"a\": {},\ndata: \"b\": 1\ndata: }\n\n",
            "{\n\"a\": {},\n\"b\": 1\n}"),
        rule("a last line that is whole needs no line end", "data: {\"a\":1}", "{\"a\":1}"),
        rule(
            "[DONE] needs neither line end nor blank line",
            "data: a\n\ndata: [DONE] ",
            "a",
            "[DONE] "),
        rule(
            "an event named as an error is one without data",
            "event: error\n\ndata: a\n\n",
            "",
            "a"),
        rule(
            "lines that are no fields are handed on",
            "{\"error\":1}\nerror: x\n\ndata: a\n\nInternal Server Error",
            "stray {\"error\":1}",
            "stray error: x",
            "a",
            "stray Internal Server Error"));
  }

  private static Arguments rule(String claim, String stream, String... events) {
    return Arguments.of(claim, stream, List.of(events));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void everyRuleHoldsHoweverTheStreamIsCut(String claim, String stream, List<String> events) {
    byte[] bytes = stream.getBytes(UTF_8);
    for (int first = 0; first <= bytes.length; first++) {
      for (int second = first; second <= bytes.length; second++) {
        Seen seen = new Seen();
        seen.feed(bytes, 0, first);
        seen.feed(bytes, first, second);
        seen.feed(bytes, second, bytes.length);
        seen.decoder.end();
        assertThat(seen.events).as("cut at %d and %d", first, second).isEqualTo(events);
        assertThat(seen.decoder.endedInsideEvent()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'data: a\n\ndata: {\"cut', a",
    "'data: a\n\ndata: [DONE', a",
    "'data: a\ndata: b', a",
    "'data: a\ndata: [DONE]', a",
    "'data: a\n\nda', a",
  })
  void aBodyThatEndsWithinALineIsReported(String stream, String event) {
    Seen seen = Seen.of(stream);
    seen.decoder.end();
    assertThat(seen.events).containsExactly(event);
    assertThat(seen.decoder.endedInsideEvent()).isTrue();
  }

  @Test
  void anEventIsHandedOnAtItsBlankLineAndNotLater() {
    assertThat(Seen.of("data: a\n").events).isEmpty();
    assertThat(Seen.of("data: a\n\n").events).hasSize(1);
    assertThat(Seen.of("data: a\r\n\r").events).hasSize(1);
    assertThat(Seen.of("data: a\r\r").events).hasSize(1);
  }

  @Test
  void anEventHasTheStampOfTheReadThatEndedItsData() {
    List<String> stamped = new ArrayList<>();
    SseDecoder[] decoder = {null};
    decoder[0] =
        new SseDecoder(
            (data, offset, length) ->
                stamped.add(new String(data, offset, length, UTF_8) + decoder[0].eventStamp()));
    long now = 0;
    for (String read : List.of("data: {}", "\n", "", "\n", "data: {}\n", "data: [DONE]\n")) {
      byte[] bytes = read.getBytes(UTF_8);
      decoder[0].feed(bytes, 0, bytes.length, ++now);
    }
    assertThat(stamped).containsExactly("{}2", "{}5", "[DONE]6");
  }

  @ParameterizedTest
  @CsvSource({
    "error, ERROR",
    "response.failed, ERROR",
    "server_error, ERROR",
    "ping, KEEP_ALIVE",
    "keep-alive, KEEP_ALIVE",
    "heartbeat, KEEP_ALIVE",
    "message, ORDINARY",
    "content_block_delta, ORDINARY",
    "response.mcp_call.failed, ORDINARY",
    "'', ORDINARY",
  })
  void theNameOfAnEventHoldsForItAlone(String name, EventName expected) {
    List<EventName> names = new ArrayList<>();
    SseDecoder[] decoder = {null};
    decoder[0] = new SseDecoder((_, _, _) -> names.add(decoder[0].name()));
    byte[] bytes = "event: %s\ndata: a\n\ndata: b\n\n".formatted(name).getBytes(UTF_8);
    decoder[0].feed(bytes, 0, bytes.length);
    assertThat(names).containsExactly(expected, EventName.ORDINARY);
  }

  @Test
  void anEventWithinOneReadIsNotCopied() {
    byte[] read = "data: a\n\ndata: bc\n\n".getBytes(UTF_8);
    List<String> slices = new ArrayList<>();
    new SseDecoder(
            (data, offset, length) -> {
              assertThat(data).isSameAs(read);
              slices.add(offset + "+" + length);
            })
        .feed(read, 0, read.length);
    assertThat(slices).containsExactly("6+1", "15+2");
  }

  /** Looking through the event with each of its lines would take hours. */
  @Test
  @Timeout(60)
  void anEventOfVeryManyLinesIsLookedThroughOnce() {
    Seen seen = new Seen();
    byte[] lines = "data: 1\n".repeat(10_000).getBytes(UTF_8);
    seen.feed("data: {\n".getBytes(UTF_8));
    for (int i = 0; i < 200; i++) {
      seen.feed(lines);
    }
    seen.feed("\n".getBytes(UTF_8));
    assertThat(seen.events).singleElement().asString().hasSize(1 + 2 * 2_000_000);
  }

  @Test
  void commentsAreCounted() {
    Seen seen = Seen.of(": one\n\n:\n\ndata: a\n: two\n\n:unfinished");
    assertThat(seen.decoder.comments()).isEqualTo(3);
  }

  @Test
  void anEventMayBeAsLargeAsTheMaximumWithItsFieldNameButNoLarger() {
    for (int readSize : new int[] {1, 7, 100}) {
      assertThat(Seen.inReads(20, readSize, "data: 12345678901234\n\n").events).hasSize(1);
      assertThatThrownBy(() -> Seen.inReads(20, readSize, "data: 123456789012345\n\n"))
          .isInstanceOf(EventTooLargeException.class)
          .hasMessageContaining("20 bytes");
      assertThatThrownBy(() -> Seen.inReads(20, readSize, "data: 1234567\ndata: 12345678\n\n"))
          .isInstanceOf(EventTooLargeException.class);
      assertThatThrownBy(() -> Seen.inReads(20, readSize, ": a comment that does not end, ever"))
          .isInstanceOf(EventTooLargeException.class);
      assertThat(Seen.inReads(20, readSize, "data: 1\n\n".repeat(50)).events).hasSize(50);
    }
  }

  @Test
  void aResetDecoderKnowsNothingOfTheBodyBefore() {
    Seen seen = Seen.of("data: a\n\n: x\ndata: b\ndata: unfini");
    seen.decoder.end();
    seen.decoder.reset();
    seen.events.clear();
    assertThat(seen.decoder.comments()).isZero();
    assertThat(seen.decoder.endedInsideEvent()).isFalse();
    seen.feed("\uFEFFdata: c\r".getBytes(UTF_8));
    seen.decoder.reset();
    seen.feed("\ndata: d\n\n".getBytes(UTF_8));
    seen.decoder.end();
    assertThat(seen.events).containsExactly("d");
  }

  @Test
  void largeEventsSpanningReadsComeWholeAlsoAfterAReset() {
    String large = "0123456789".repeat(20_000);
    Seen seen = new Seen();
    for (int round = 0; round < 2; round++) {
      byte[] bytes = ("data: " + large + "\ndata: x\n\n").getBytes(UTF_8);
      for (int at = 0; at < bytes.length; at += 1_000) {
        seen.feed(bytes, at, Math.min(bytes.length, at + 1_000));
      }
      seen.decoder.reset();
    }
    assertThat(seen.events).containsExactly(large + "\nx", large + "\nx");
  }

  @ParameterizedTest
  @CsvSource({
    "text/event-stream, true",
    "text/event-stream; charset=utf-8, true",
    "Text/Event-Stream ;charset=utf-8, true",
    "application/json, false",
    "text/event-streams, false",
    "'', false",
    ", false",
  })
  void theContentTypeTellsAStream(String contentType, boolean stream) {
    assertThat(StreamStart.isNamedBy(contentType)).isEqualTo(stream);
  }

  @ParameterizedTest
  @CsvSource({"vllm", "sglang", "llamacpp"})
  void anAnswerThatIsNotStreamedIsTold(String engine) {
    for (String name : List.of("chat-nostream-32", "text-nostream-32")) {
      String file = engine + "/" + name + ".response.txt";
      assertThat(StreamStart.isNamedBy(Captures.contentType(file))).isFalse();
      Seen seen = new Seen();
      seen.feed(Captures.body(file));
      seen.decoder.end();
      assertThat(seen.events).isNotEmpty().allMatch(line -> line.startsWith("stray "));
    }
    assertThat(StreamStart.isNamedBy(Captures.contentType(engine + "/chat-stream-32.response.txt")))
        .isTrue();
  }

  private static final class Seen {
    private final List<String> events = new ArrayList<>();
    private final SseDecoder decoder;

    Seen() {
      this(SseDecoder.DEFAULT_MAXIMUM);
    }

    Seen(int maximum) {
      decoder =
          new SseDecoder(
              new EventSink() {
                @Override
                public void event(byte[] data, int offset, int length) {
                  events.add(new String(data, offset, length, UTF_8));
                }

                @Override
                public void stray(byte[] line, int offset, int length) {
                  events.add("stray " + new String(line, offset, length, UTF_8));
                }
              },
              maximum);
    }

    static Seen of(String stream) {
      Seen seen = new Seen();
      seen.feed(stream.getBytes(UTF_8));
      return seen;
    }

    static Seen inReads(int maximum, int readSize, String stream) {
      Seen seen = new Seen(maximum);
      byte[] bytes = stream.getBytes(UTF_8);
      for (int at = 0; at < bytes.length; at += readSize) {
        seen.feed(bytes, at, Math.min(bytes.length, at + readSize));
      }
      return seen;
    }

    void feed(byte[] bytes) {
      feed(bytes, 0, bytes.length);
    }

    /** From a buffer of its own, which is spoilt afterwards. */
    void feed(byte[] bytes, int from, int to) {
      byte[] read = new byte[to - from + 2];
      System.arraycopy(bytes, from, read, 1, to - from);
      decoder.feed(read, 1, to - from);
      Arrays.fill(read, (byte) 'x');
    }
  }
}
