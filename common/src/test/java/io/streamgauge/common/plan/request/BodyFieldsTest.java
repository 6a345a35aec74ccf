package io.streamgauge.common.plan.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.PlanFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyFieldsTest {
  private static final String OWN = "{\"stream\":true,\"stream_options\":{\"include_usage\":true}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "temperature=0              | {'temperature':0}",
        "user=me                    | {'user':'me'}",
        "stop=[\"a\", \"b\"]        | {'stop':['a','b']}",
        "text=\"7\"                 | {'text':'7'}",
        "empty=                     | {'empty':''}",
        "half={\"a\":               | {'half':'{\"a\":'}",
        "a.b.c=true                 | {'a':{'b':{'c':true}}}",
        "q=a=b                      | {'q':'a=b'}",
      })
  void aValueIsJsonElseTextAndDotsNest(String text, String body) throws JsonProcessingException {
    ObjectNode sent = Json.MAPPER.createObjectNode();
    BodyFields.parse(List.of(text.strip())).applyTo(sent);

    assertThat(sent).isEqualTo(Json.MAPPER.readTree(body.replace("\"", "\\\"").replace('\'', '"')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stream_options=null                | {'stream':true}",
        "stream_options.include_usage=null  | {'stream':true,'stream_options':{}}",
        "stream_options.include_usage=false |"
            + " {'stream':true,'stream_options':{'include_usage':false}}",
        "stream_options.x=1 | {'stream':true,'stream_options':{'include_usage':true,'x':1}}",
        "unknown=null       | {'stream':true,'stream_options':{'include_usage':true}}",
      })
  void nullRemovesWhatWouldBeSentAndMappingsAreMerged(String text, String body)
      throws JsonProcessingException {
    ObjectNode sent = (ObjectNode) Json.MAPPER.readTree(OWN);
    BodyFields.parse(List.of(text)).applyTo(sent);

    assertThat(sent).isEqualTo(Json.MAPPER.readTree(body.replace('\'', '"')));
  }

  @Test
  void aBackendsFieldsGoOverThePlansAndSurviveTheirJourney() throws JsonProcessingException {
    Plan plan =
        PlanFile.parse(
            "plan.yaml",
            """
            backends:
              - {name: a, engine: sim}
              - {name: b, engine: sim, body: {temperature: 1, stream_options: null}}
            levels: [{concurrency: 1}]
            request: {body: {temperature: 0, chat_template_kwargs.enable_thinking: false}}
            """);
    Plan arrived = Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(plan), Plan.class);

    assertThat(arrived).isEqualTo(plan);
    assertThat(arrived.requestOf(arrived.backends().get(0)).body().orElseThrow().json())
        .isEqualTo("{\"temperature\":0,\"chat_template_kwargs\":{\"enable_thinking\":false}}");
    assertThat(arrived.requestOf(arrived.backends().get(1)).body().orElseThrow().json())
        .isEqualTo(
            "{\"temperature\":1,\"chat_template_kwargs\":{\"enable_thinking\":false},"
                + "\"stream_options\":null}");
  }

  @ParameterizedTest
  @CsvSource({
    "chat, stream=false, body.stream",
    "chat, stream=null, body.stream",
    "embeddings, stream=true, body.stream",
    "chat, model=x, body.model",
    "chat, messages=[], body.messages",
    "completions, prompt=x, body.prompt",
    "responses, input=x, body.input",
    "chat, max_tokens=5, body.max_tokens",
    "chat, max_completion_tokens=5, body.max_completion_tokens",
    "chat, ignore_eos=true, body.ignore_eos",
    "chat, n=2, body.n",
  })
  void whatTheToolSendsOrMeasuresItselfIsRefused(String endpoint, String field, String named) {
    RequestShape shape =
        new RequestShape(
            ApiEndpoint.parse(endpoint),
            Optional.empty(),
            false,
            RequestShape.DEFAULT.timeout(),
            Optional.of(BodyFields.parse(List.of(field))),
            Optional.empty());

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> shape.at(TargetOptions.DEFAULT))
        .withMessageStartingWith(named + ": ");
  }

  @ParameterizedTest
  @CsvSource({"=1", ".a=1", "a.=1", "a..b=1", "a"})
  void aFieldWithoutANameIsRefused(String text) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> BodyFields.parse(List.of(text)))
        .withMessageStartingWith("body: ");
  }
}
