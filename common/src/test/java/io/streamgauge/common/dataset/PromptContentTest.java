package io.streamgauge.common.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.request.ApiEndpoint;
import io.streamgauge.common.plan.request.EndpointFit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PromptContentTest {
  private static final PromptContent MESSAGES =
      new PromptContent.Messages(
          (ArrayNode)
              json(
                  """
                  [{"role": "system", "content": "Be brief."},
                   {"role": "user", "content": [{"type": "text", "text": "What is this?"},
                     {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}]}]
                  """),
          Optional.of((ArrayNode) json("[{\"type\": \"function\"}]")));
  private static final PromptContent BODY =
      new PromptContent.Body(
          (ObjectNode)
              json("{\"prompt\": \"Once\", \"max_tokens\": 7, \"logit_bias\": {\"5\": 1}}"));

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<PromptContent> contents() {
    return Stream.of(
        new PromptContent.Text("Hello"),
        MESSAGES,
        BODY,
        new PromptContent.Tokens(List.of(1, 15043, 3186)));
  }

  @ParameterizedTest
  @MethodSource("contents")
  void itsJsonIsReadBackAsItself(PromptContent content) throws JsonProcessingException {
    String text = Json.MAPPER.writeValueAsString(content);

    assertThat(Json.MAPPER.readValue(text, PromptContent.class)).isEqualTo(content);
  }

  @ParameterizedTest
  @MethodSource("contents")
  void aRowOfAFileIsReadBackAsItself(PromptContent content) {
    Prompt prompt = new Prompt("7", "coding", content, Optional.of(9), Optional.empty());

    assertThat(PromptRow.read(1, PromptRow.write(prompt))).isEqualTo(prompt);
  }

  @ParameterizedTest
  @MethodSource("contents")
  void markedItBeginsOtherwiseAndSaysTheRest(PromptContent content) {
    PromptContent marked = content.beginningWith("A. ");

    assertThat(marked).isNotEqualTo(content).hasSameClassAs(content);
    assertThat(marked.json().toString().length()).isGreaterThan(content.json().toString().length());
    assertThat(PromptContent.of(content.json())).isEqualTo(content);
  }

  @Test
  void theMarkStandsBeforeTheFirstTextOfTheMessages() {
    assertThat(MESSAGES.beginningWith("A. ").json().at("/messages/0/content").textValue())
        .isEqualTo("A. Be brief.");
  }

  @Test
  void peopleAreShownWhatTheUserSaidLast() {
    assertThat(MESSAGES.text()).isEqualTo("What is this?");
    assertThat(BODY.text()).isEqualTo("Once");
  }

  @Test
  void anEndpointWithoutAPlaceForAPromptIsRefusedByItsName() {
    Dataset dataset =
        new Dataset(
            "d.jsonl",
            List.of(new Prompt("p9", "general", MESSAGES, Optional.empty(), Optional.empty())));

    assertThat(EndpointFit.require(ApiEndpoint.CHAT, dataset)).isEqualTo(dataset);
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> EndpointFit.require(ApiEndpoint.COMPLETIONS, dataset))
        .withMessageStartingWith(
            "endpoint: completions is not valid, expected chat or responses or")
        .withMessageContaining("prompt p9 of dataset d.jsonl");
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aRowHasOneContent(String row, String message) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> PromptRow.read(1, json(row)))
        .withMessageContaining(message);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("{}", "prompt: nothing"),
        arguments("{\"prompt\": \"a\", \"messages\": []}", "prompt: prompt and messages"),
        arguments("{\"messages\": []}", "messages: []"),
        arguments("{\"messages\": [{\"content\": \"a\"}]}", "objects with a role"),
        arguments("{\"token_ids\": [1, -2]}", "token_ids: -2"),
        arguments("{\"body\": 3}", "body: 3"));
  }
}
