package io.streamgauge.common.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.request.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BackendTest {
  private static final Backend SERVED =
      new Backend.Served(
          "prod",
          new Target(
              "https://10.0.0.5",
              Optional.of("llama3"),
              Optional.of("API_KEY"),
              Map.of("X-Team", "blue")));

  @Test
  void aServerThatRunsIsServed() throws JsonProcessingException {
    assertThat(
            backend(
                """
                {name: prod, url: "https://10.0.0.5/v1", model: llama3, api_key_env: API_KEY,
                 headers: {X-Team: blue}}\
                """))
        .isEqualTo(SERVED);
  }

  @Test
  void aServerWithoutANameIsUnknown() throws JsonProcessingException {
    assertThat(backend("{url: 'http://x'}").name()).isEqualTo("unknown");
  }

  @ParameterizedTest
  @EnumSource
  void anEngineIsManagedAndNamedByItsKind(EngineKind kind) throws JsonProcessingException {
    assertThat(backend("{engine: " + kind.label() + "}"))
        .isEqualTo(new Backend.Managed(kind.label(), kind, Map.of(), Optional.empty()));
  }

  @Test
  void settingsKeepTheirTypes() throws JsonProcessingException {
    assertThat(
            backend(
                "{engine: vllm, settings: {tensor_parallel_size: 2, gpu_memory_utilization: 0.9,"
                    + " dtype: float16, extra_args: [--a, b]}}"))
        .isEqualTo(
            new Backend.Managed(
                "vllm",
                EngineKind.VLLM,
                Map.of(
                    "tensor_parallel_size",
                    2,
                    "gpu_memory_utilization",
                    0.9,
                    "dtype",
                    "float16",
                    "extra_args",
                    List.of("--a", "b")),
                Optional.empty()));
  }

  @Test
  void aBackendIsReadAsItIsWritten() throws JsonProcessingException {
    for (Backend backend :
        List.of(
            SERVED,
            backend("{url: 'http://x'}"),
            backend("{engine: sim}"),
            backend("{engine: vllm, model: m, name: v, settings: {a: 1}}"))) {
      assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(backend), Backend.class))
          .isEqualTo(backend);
    }
  }

  @Test
  void whatIsShownHasNoHeaderValues() throws JsonProcessingException {
    assertThat(Json.MAPPER.writeValueAsString(SERVED.redacted()))
        .contains("X-Team")
        .doesNotContain("blue");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: x}                           | backend x: expected either url or engine, neither is"
            + " given",
        "{engine: sim, url: 'http://x'}      | backend without name: expected either url or engine,"
            + " both are given",
        "{engine: trt}                       | engine: trt is not valid, expected vllm, sglang,"
            + " llamacpp or sim",
        "{url: 'http://x', settings: {a: 1}} | settings: {a=1} is not valid, expected none without"
            + " engine",
        "{engine: sim, headers: {a: secret}} | headers: [a] is not valid, expected none without"
            + " url",
        "{engine: sim, api_key_env: KEY}     | api_key_env: KEY is not valid, expected none without"
            + " url",
        "{engine: sim, name: a/b}            | name: a/b is not valid, expected 1 to 64 letters,"
            + " digits, dots, dashes or underscores",
        "{url: x}                            | url: x is not valid, expected"
            + " http(s)://HOST[:PORT][/PATH][?QUERY]",
      })
  void aFieldThatIsWrongOrOutOfPlaceIsNamed(String form, String problem) {
    assertThatExceptionOfType(JsonMappingException.class)
        .isThrownBy(() -> backend(form))
        .havingCause()
        .isInstanceOf(PlanException.class)
        .withMessage(problem);
  }

  private static Backend backend(String form) throws JsonProcessingException {
    return Json.YAML.readValue(form, Backend.class);
  }
}
