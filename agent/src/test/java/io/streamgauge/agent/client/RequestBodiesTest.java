package io.streamgauge.agent.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.request.ApiEndpoint;
import io.streamgauge.common.plan.request.RequestShape;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestBodiesTest {
  private static final String MESSAGES =
      """
      [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"},
       {"role": "assistant", "content": "Yes?"}, {"role": "user", "content": "Go on"}]
      """;
  private static final String TOOLS = "[{\"type\": \"function\", \"function\": {\"name\": \"f\"}}]";

  private static JsonNode json(String text) throws IOException {
    return Json.MAPPER.readTree(text);
  }

  private static JsonNode sent(ApiEndpoint endpoint, PromptContent content) throws IOException {
    RequestShape shape = new RequestShape(endpoint, Optional.of(64), true, Duration.ofSeconds(10));
    Prompt prompt = new Prompt("1", "general", content, Optional.empty(), Optional.empty());
    return Json.MAPPER.readTree(RequestBodies.encode(shape, "the-model", prompt));
  }

  private static PromptContent conversation() throws IOException {
    return new PromptContent.Messages(
        (ArrayNode) json(MESSAGES), Optional.of((ArrayNode) json(TOOLS)));
  }

  @Test
  void messagesAreSentAsTheyAreWithTheirTools() throws IOException {
    JsonNode body = sent(ApiEndpoint.CHAT, conversation());

    assertThat(body.get("messages")).isEqualTo(json(MESSAGES));
    assertThat(body.get("tools")).isEqualTo(json(TOOLS));
    assertThat(body.get("max_tokens").intValue()).isEqualTo(64);
    assertThat(sent(ApiEndpoint.RESPONSES, conversation()).get("input")).isEqualTo(json(MESSAGES));
  }

  @Test
  void anEngineThatKnowsItIsAskedForNoFewerTokensThanAtMost() throws IOException {
    RequestShape shape =
        new RequestShape(ApiEndpoint.CHAT, Optional.empty(), true, Duration.ofSeconds(10));
    Prompt prompt = new Prompt("1", "general", "Hi", Optional.of(7), Optional.empty());

    JsonNode vllm = Json.MAPPER.readTree(RequestBodies.encode(shape.withMinTokens(), "m", prompt));
    JsonNode llamaCpp = Json.MAPPER.readTree(RequestBodies.encode(shape, "m", prompt));

    assertThat(vllm.get("min_tokens").intValue()).isEqualTo(7);
    assertThat(vllm.get("max_tokens").intValue()).isEqualTo(7);
    assertThat(llamaCpp.has("min_tokens")).isFalse();
  }

  @Test
  void toAnthropicsApiTheSystemSpeaksBesideTheMessages() throws IOException {
    JsonNode body = sent(ApiEndpoint.MESSAGES, conversation());

    assertThat(body.get("system").textValue()).isEqualTo("Be brief.");
    assertThat(body.get("messages")).hasSize(3);
    assertThat(body.at("/messages/0/role").textValue()).isEqualTo("user");
  }

  @Test
  void aWholeBodyKeepsWhatItSaysButForTheModelAndTheStreaming() throws IOException {
    JsonNode body =
        sent(
            ApiEndpoint.CHAT,
            new PromptContent.Body(
                (ObjectNode)
                    json(
                        """
                        {"model": "another", "messages": [{"role": "user", "content": "Hi"}],
                         "max_completion_tokens": 5, "temperature": 0.3, "stream": false}
                        """)));

    assertThat(body.get("model").textValue()).isEqualTo("the-model");
    assertThat(body.get("stream").booleanValue()).isTrue();
    assertThat(body.at("/stream_options/include_usage").booleanValue()).isTrue();
    assertThat(body.get("temperature").doubleValue()).isEqualTo(0.3);
    assertThat(body.get("max_completion_tokens").intValue()).isEqualTo(5);
    assertThat(body.has("max_tokens")).isFalse();
  }

  @Test
  void tokenIdsAreThePromptOfACompletion() throws IOException {
    JsonNode body =
        sent(ApiEndpoint.COMPLETIONS, new PromptContent.Tokens(List.of(1, 15_043, 3_186)));

    assertThat(body.get("prompt")).isEqualTo(json("[1, 15043, 3186]"));
  }
}
