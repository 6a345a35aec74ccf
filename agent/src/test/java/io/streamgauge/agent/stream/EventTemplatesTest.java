package io.streamgauge.agent.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.stream.delta.Delta;
import io.streamgauge.agent.stream.delta.JsonDeltaReader;
import io.streamgauge.agent.stream.scan.EventTemplates;
import io.streamgauge.agent.stream.scan.ScanDeltaReader;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event that fits a template says what the template's event said, whatever is in its holes. */
class EventTemplatesTest {
  private static final String CHAT =
      "data: {\"id\":\"chat-1\",\"created\":1790000000,\"choices\":[{\"index\":0,"
          + "\"delta\":{\"content\":\" word\"},\"finish_reason\":null}]}\n\n";
  private static final String NAMED =
      "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\","
          + "\"sequence_number\": 7,\"item_id\": \"i1\",\"delta\":\" word\"}\n\n";

  private final EventTemplates templates = new EventTemplates();
  private final ScanDeltaReader reader = new ScanDeltaReader();
  private final Delta delta = new Delta();

  private static byte[] bytes(String event) {
    return event.getBytes(ISO_8859_1);
  }

  /** Reads with care, and learns from, what comes in one read. */
  private void learn(String read) {
    byte[] data = bytes(read);
    var decoder =
        new SseDecoder(
            (bytes, offset, length) -> {
              Span payload = new Span(offset, offset + length);
              reader.read(bytes, offset, length, delta);
              Span text = reader.text(bytes, payload, delta);
              if (text != null && templates.learns()) {
                templates.learn(bytes, new Span(0, data.length), payload, text, delta.answer());
              }
            });
    decoder.feed(data, 0, data.length);
  }

  private boolean takes(String event) {
    byte[] data = bytes(event);
    return templates.end(data, 0, data.length) == data.length;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "word|another \\u00e9 \\\" \\n text",
        " word|\u00c3\u00a9",
        "chat-1|chat-2-of-another-stream",
        "1790000000|1890000001"
      })
  void takesTheEventOfAnotherAnswer(String change) {
    learn(CHAT);

    String[] parts = change.split("\\|");
    assertThat(takes(CHAT.replace(parts[0], parts[1]))).isTrue();
  }

  @Test
  void takesTheEventsOfAnAnswerThatCountsThem() {
    learn(NAMED);

    assertThat(takes(NAMED.replace(" 7", " 8123").replace("i1", "i2"))).isTrue();
    assertThat(templates.answer()).isTrue();
  }

  @Test
  void tellsThinkingFromTheAnswer() {
    learn(CHAT);
    learn(CHAT.replace("content", "reasoning_content"));

    assertThat(takes(CHAT.replace("content", "reasoning_content").replace("word", "hm"))).isTrue();
    assertThat(templates.answer()).isFalse();
    assertThat(takes(CHAT)).isTrue();
    assertThat(templates.answer()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " word|",
        " word|\\x",
        " word|a\nb",
        " word|\u00c3",
        "chat-1|",
        "chat-1|a\\\"b",
        "1790000000|",
        "1790000000|0",
        "1790000000|01",
        "1790000000|-1",
        "1790000000|1.5",
        "1790000000|1790000000179000000017900000001790000000179000000",
        "null|\"stop\"",
        "index\":0|index\":1",
        "]}|],\"usage\":{\"completion_tokens\":3}}",
        "]}|],\"error\":{\"message\":\"x\"}}",
        "data|id: 1\ndata",
        "data|event: error\ndata",
        "data|: a comment\ndata",
        "data: |data:",
        "data: |data:  ",
        "\n\n|\ndata: {}\n\n",
        "\n\n|\n",
        "\n\n|\r\n\r\n"
      })
  void takesNoEventThatIsToBeLookedAt(String change) {
    learn(CHAT);

    String[] parts = change.split("\\|", -1);
    assertThat(takes(CHAT.replace(parts[0], parts[1]))).isFalse();
  }

  /** A key that is not known may hold what the model generated, or say that it failed. */
  @ParameterizedTest
  @ValueSource(strings = {"error_id", "thought", "error_code", "status"})
  void leavesOnlyKnownKeysOpen(String key) {
    String event = CHAT.replace("\"index\"", "\"%s\":\"a\",\"n\":1,\"index\"".formatted(key));
    learn(event);

    assertThat(takes(event.replace("\"a\"", "\"b\""))).isFalse();
    assertThat(takes(event.replace("\"n\":1", "\"n\":2"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null|\"stop\"",
        "\"content\"|\"unheard_of\"",
        "content\":\" word\"|content\":\"\"",
        "]}|],\"usage\":{\"completion_tokens\":3}}",
        "]}|],\"error\":{\"message\":\"x\"}}",
        "data|id: 1\ndata"
      })
  void learnsFromNoEventThatSaysMore(String change) {
    String[] parts = change.split("\\|");
    String event = CHAT.replace(parts[0], parts[1]);
    learn(event);

    assertThat(takes(event)).isFalse();
  }

  /** What lies around an event's data may be the end of other lines, or be ended otherwise. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "event: error\ndata",
        "event: token\r: a comment\ndata",
        "event: token\rno field\ndata",
        "event: token\rdata: {\"choices\":[{\"text\":\"a\"}]}\ndata"
      })
  void learnsNoLineThatSaysMoreThanAName(String lines) {
    String event = CHAT.replace("data", lines);
    learn("x" + event);
    learn(event);

    assertThat(takes(event)).isFalse();
  }

  /** The text is not there, or another one would be an error. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"content\":[{\"text\":\"\\u0061\"}],\"type\":\"@\"}|a|error",
        "{\"choices\":[{\"delta\":{\"reasoning_error\":\"@\"}}]}|ok|out of memory",
        "{\"content\":[{\"text\":\"\\ud800\"}],\"type\":\"@\"}|?|error"
      })
  void leavesNoPlaceOpenInWhichAnotherTextSaysMore(String change) {
    String[] parts = change.split("\\|");
    String event = "data: %s\n\n".formatted(parts[0]);
    learn(event.replace("@", parts[1]));

    assertThat(takes(event.replace("@", parts[2]))).isFalse();
  }

  /** Whatever shapes came before: 64 events more, and the new ones are known. */
  @Test
  void givesUpAnOldTemplateForANewOne() {
    for (int shape = 0; shape < 4; shape++) {
      learn(CHAT.replace("index\":0", "index\":%d".formatted(shape)));
    }
    for (int i = 0; i < 64; i++) {
      learn(CHAT.replace("index\":0", "index\":9"));
    }

    assertThat(takes(CHAT.replace("index\":0", "index\":9"))).isTrue();
  }

  private static List<String> captured() {
    return Stream.concat(
            Stream.of(CHAT, NAMED),
            Captures.streamed().keySet().stream()
                .flatMap(name -> Captures.payloads(Captures.body(name)).stream().limit(4))
                .map(payload -> "data: %s\n\n".formatted(new String(payload, ISO_8859_1))))
        .toList();
  }

  @Test
  void aDamagedEventThatATemplateTakesIsReadWithCareAsTheSame() {
    SplittableRandom random = new SplittableRandom(20261130);
    int taken = 0;
    for (String event : captured()) {
      learn(event);
      Mutator mutator = new Mutator(random, List.of(bytes(event)));
      for (int i = 0; i < 1_000; i++) {
        byte[] damaged = mutator.next();
        if (templates.end(damaged, 0, damaged.length) == damaged.length) {
          taken++;
          assertThat(readWithCare(damaged))
              .as(new String(damaged, ISO_8859_1))
              .isEqualTo("text alone, of the answer: %s; ".formatted(templates.answer()));
        }
      }
    }
    assertThat(taken).isGreaterThan(100);
  }

  /** What a parser and no template finds in the events of a read, and what is left of it. */
  private static String readWithCare(byte[] read) {
    JsonDeltaReader parser = new JsonDeltaReader();
    Delta parsed = new Delta();
    StringBuilder found = new StringBuilder();
    SseDecoder decoder =
        new SseDecoder(
            (data, offset, length) -> {
              parser.read(data, offset, length, parsed);
              found.append(
                  parsed.isTextAlone()
                      ? "text alone, of the answer: %s; ".formatted(parsed.answer())
                      : parsed.toString());
            });
    decoder.feed(read, 0, read.length);
    return decoder.betweenEvents() ? found.toString() : found + "and more";
  }
}
