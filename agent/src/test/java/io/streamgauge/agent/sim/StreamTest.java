package io.streamgauge.agent.sim;

import static io.streamgauge.agent.sim.Running.chat;
import static io.streamgauge.agent.sim.Running.instant;
import static io.streamgauge.agent.sim.Running.json;
import static io.streamgauge.agent.sim.Running.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.journal.ServedRequest;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@ParameterizedClass(name = "epoll: {0}")
@ValueSource(booleans = {true, false})
class StreamTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String COMPLETIONS = "/v1/completions";
  private static final String USAGE =
      ",\"stream\":true,\"stream_options\":{\"include_usage\":true}";

  @Parameter boolean epoll;

  @Test
  void chatStreamIsRoleTokensFinishUsageDone() {
    try (Running engine = new Running(instant(), epoll)) {
      var answer = engine.post(CHAT, chat(5, USAGE));
      List<String> events = answer.events();

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.type()).isEqualTo("text/event-stream; charset=utf-8");
      assertThat(events).hasSize(1 + 5 + 1 + 1 + 1);
      assertThat(delta(events.getFirst()).path("role").asText()).isEqualTo("assistant");
      assertThat(events.subList(1, 6))
          .allSatisfy(event -> assertThat(delta(event).path("content").asText()).isNotEmpty())
          .allSatisfy(event -> assertThat(choice(event).path("finish_reason").isNull()).isTrue());
      assertThat(delta(events.get(6))).isEmpty();
      assertThat(choice(events.get(6)).path("finish_reason").asText()).isEqualTo("length");
      assertThat(json(events.get(7)).path("choices")).isEmpty();
      assertThat(json(events.get(7)).path("usage").path("completion_tokens").asInt()).isEqualTo(5);
      // Tell me about the sea. = 5 words, none of more than 6 letters.
      assertThat(json(events.get(7)).path("usage").path("prompt_tokens").asInt()).isEqualTo(5);
      assertThat(json(events.get(7)).path("usage").path("total_tokens").asInt()).isEqualTo(10);
      assertThat(events.getLast()).isEqualTo("[DONE]");
      assertThat(answer.body()).endsWith("data: [DONE]\n\n");
    }
  }

  @Test
  void responsesAndMessagesAreEventsThatNameTheirTypeAndTellTheCounts() {
    try (Running engine = new Running(instant(), epoll)) {
      List<JsonNode> responses =
          engine
              .post(
                  "/v1/responses",
                  """
                  {"input":"The sea is","max_output_tokens":3,"ignore_eos":true,"stream":true}\
                  """)
              .events()
              .stream()
              .map(Running::json)
              .toList();
      List<JsonNode> messages =
          engine
              .post(
                  "/v1/messages",
                  """
                  {"messages":[{"role":"user","content":"The sea is"}],"max_tokens":3,\
                  "ignore_eos":true,"stream":true}\
                  """)
              .events()
              .stream()
              .map(Running::json)
              .toList();

      assertThat(ofType("response.output_text.delta", responses)).hasSize(3);
      assertThat(ofType("response.output_text.done", responses)).hasSize(1);
      assertThat(responses.getLast().path("type").asText()).isEqualTo("response.incomplete");
      assertThat(responses.getLast().path("response").path("usage").path("output_tokens").asInt())
          .isEqualTo(3);
      assertThat(messages.getFirst().path("message").path("usage").path("input_tokens").asInt())
          .isEqualTo(3);
      assertThat(ofType("content_block_delta", messages)).hasSize(3);
      assertThat(ofType("message_delta", messages).getFirst().path("usage").path("output_tokens"))
          .hasToString("3");
      assertThat(messages.getLast().path("type").asText()).isEqualTo("message_stop");
    }
  }

  private static List<JsonNode> ofType(String type, List<JsonNode> events) {
    return events.stream().filter(event -> event.path("type").asText().equals(type)).toList();
  }

  @Test
  void embeddingsAreOneWholeAnswer() {
    try (Running engine = new Running(instant(), epoll)) {
      JsonNode answer = engine.post("/v1/embeddings", "{\"input\":\"The sea is\"}").json();

      assertThat(answer.path("data").path(0).path("embedding")).isNotEmpty();
      assertThat(answer.path("usage").path("prompt_tokens").asInt()).isEqualTo(3);
    }
  }

  @Test
  void completionsStreamHasTextAndNoRole() {
    try (Running engine = new Running(instant(), epoll)) {
      List<String> events =
          engine
              .post(
                  COMPLETIONS,
                  """
                  {"prompt":"The sea is","max_tokens":3,"ignore_eos":true,"stream":true}\
                  """)
              .events();

      assertThat(events).hasSize(3 + 1 + 1);
      assertThat(events.subList(0, 3))
          .allSatisfy(event -> assertThat(choice(event).path("text").asText()).isNotEmpty());
      assertThat(choice(events.get(3)).path("finish_reason").asText()).isEqualTo("length");
      assertThat(json(events.getFirst()).path("object").asText()).isEqualTo("text_completion");
    }
  }

  @Test
  void continuousUsageCountsUpInEveryEvent() {
    try (Running engine =
        new Running(instant().withLatency(instant().latency().withTokensPerEvent(3)), epoll)) {
      List<String> events =
          engine
              .post(
                  CHAT,
                  chat(7, ",\"stream\":true,\"stream_options\":{\"continuous_usage_stats\":true}"))
              .events();

      assertThat(events.subList(0, events.size() - 1))
          .extracting(event -> json(event).path("usage").path("completion_tokens").asInt(-1))
          .containsExactly(0, 3, 6, 7, 7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {CHAT, COMPLETIONS})
  void theAnswerWithoutStreamHasTheTextOfTheStream(String path) {
    try (Running engine = new Running(instant().withUtf8(true), epoll)) {
      String request =
          "{\"prompt\":\"a b\",\"messages\":[{\"content\":\"a b\"}],\"max_tokens\":200%s}";
      var streamed = engine.post(path, request.formatted(USAGE)).events();
      JsonNode whole = engine.post(path, request.formatted("")).json();
      JsonNode choice = whole.path("choices").path(0);
      List<String> parts = streamed.subList(0, streamed.size() - 2);

      assertThat(choice.path("message").path("content").asText() + choice.path("text").asText())
          .isNotEmpty()
          .isEqualTo(parts.stream().map(StreamTest::text).collect(Collectors.joining()));
      assertThat(choice.path("finish_reason").asText())
          .isEqualTo(choice(parts.getLast()).path("finish_reason").asText());
      assertThat(whole.path("usage").path("completion_tokens").asInt())
          .isEqualTo(
              json(streamed.get(streamed.size() - 2))
                  .path("usage")
                  .path("completion_tokens")
                  .asInt())
          .isBetween(50, 200);
    }
  }

  @Test
  void withoutIgnoreEosTheLengthIsReproducibleAndEndsWithStop() {
    try (Running engine = new Running(instant(), epoll);
        Running twin = new Running(instant(), epoll);
        Running other = new Running(instant().withSeed(43), epoll)) {
      String request =
          """
          {"prompt":"%s","max_tokens":1000}\
          """;
      List<Integer> lengths =
          List.of("one", "two", "three", "four").stream()
              .map(prompt -> length(engine, request.formatted(prompt)))
              .toList();

      assertThat(lengths).doesNotHaveDuplicates().allMatch(length -> length >= 250);
      assertThat(length(twin, request.formatted("one"))).isEqualTo(lengths.getFirst());
      assertThat(length(other, request.formatted("one"))).isNotEqualTo(lengths.getFirst());
      assertThat(
              choice(engine.post(COMPLETIONS, request.formatted("one")).body())
                  .path("finish_reason")
                  .asText())
          .isEqualTo("stop");
    }
  }

  @Test
  void aLongReplyWithoutPausesArrivesWhole() {
    try (Running engine = new Running(instant(), epoll)) {
      var events = engine.post(CHAT, stream(20_000)).events();

      assertThat(events).hasSize(1 + 20_000 + 1 + 1);
      assertThat(engine.log()).singleElement().returns(20_000, ServedRequest::tokens);
    }
  }

  @Test
  void aReaderThatPausesGetsEverythingInTheEnd() throws IOException {
    int tokens = 100_000;
    try (Running engine = new Running(instant().withUtf8(true), epoll);
        Socket socket = engine.raw(CHAT, stream(tokens), "Connection: close\r\n")) {
      long written = 0;
      for (long now = 1; now > written; now = engine.stats().tokens()) {
        written = now;
      }
      assertThat(written).isLessThan(tokens);
      String body = new String(socket.getInputStream().readAllBytes(), UTF_8);

      assertThat(body.split("\"finish_reason\":null", -1)).hasSize(1 + 1 + tokens);
      assertThat(engine.log()).singleElement().returns(tokens, ServedRequest::tokens);
    }
  }

  private static int length(Running engine, String request) {
    return engine.post(COMPLETIONS, request).json().path("usage").path("completion_tokens").asInt();
  }

  private static String text(String event) {
    return delta(event).path("content").asText("") + choice(event).path("text").asText("");
  }

  private static JsonNode delta(String event) {
    return choice(event).path("delta");
  }

  private static JsonNode choice(String event) {
    return json(event).path("choices").path(0);
  }
}
