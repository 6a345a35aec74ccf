package io.streamgauge.common.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.request.ApiEndpoint;
import io.streamgauge.common.plan.request.DatasetRef;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.plan.request.Workload;
import io.streamgauge.common.plan.slo.ErrorLimit;
import io.streamgauge.common.plan.slo.Limits;
import io.streamgauge.common.plan.slo.Percentage;
import io.streamgauge.common.plan.slo.Slo;
import io.streamgauge.common.plan.slo.Slos;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanFileTest {
  private static final Plan LLAMA =
      new Plan(
          "llama3-8b",
          List.of(
              new Backend.Managed(
                  "vllm", EngineKind.VLLM, Map.of("tensor_parallel_size", 1), Optional.empty()),
              new Backend.Served(
                  "prod",
                  new Target(
                      "http://10.0.0.5:8000", Optional.of("llama3"), Optional.empty(), Map.of()))),
          new Workload(
              DatasetRef.of("benchmark_dataset.json"),
              new RequestShape(ApiEndpoint.CHAT, Optional.of(256), false, Duration.ofMinutes(10)),
              42),
          List.of(
              new Level("warm", new ClosedLoop(4, Optional.empty()), Extent.of(20), true),
              new Level(
                  "c20",
                  new ClosedLoop(20, Optional.empty()),
                  Extent.of(Duration.ofSeconds(60)),
                  false),
              new Level(
                  "r10",
                  new OpenLoop(10, new Arrival.Poisson(), Optional.empty()),
                  Extent.of(Duration.ofSeconds(120)),
                  false)),
          new Limits(
              new Slos(List.of(Slo.parse("ttft_p99=500ms"), Slo.parse("itl_p99=50ms"))),
              Percentage.ONE_PERCENT,
              ErrorLimit.DEFAULT),
          new WantedAnswers(Optional.empty(), false),
          new AgentsPolicy(1, AgentsPolicy.OnLoss.CONTINUE),
          false,
          Course.DEFAULT);

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"llama3-8b.yaml", "llama3-8b.json"})
  void aPlanIsTheSameInYamlAndJson(String name) throws IOException {
    Path file = Files.writeString(directory.resolve(name), resource(name));

    assertThat(PlanFile.read(file)).isEqualTo(LLAMA);
  }

  /** Else YAML reads them as false and true. */
  @Test
  void offAndOnAreTheWordsThatFieldsWant() {
    Plan plan =
        PlanFile.parse(
            "plan.yaml",
            """
            name: no
            backends: [{engine: llamacpp, settings: {extra_args: [-fit, on]}}]
            levels: [{concurrency: 20}]
            request: {body: {user: off}}
            max_client_error: off
            queue: on
            keep_text: yes
            """);

    assertThat(plan.name()).isEqualTo("no");
    assertThat(((Backend.Managed) plan.backends().getFirst()).settings())
        .containsEntry("extra_args", List.of("-fit", "on"));
    assertThat(plan.workload().request().body().orElseThrow().json())
        .isEqualTo("{\"user\":\"off\"}");
    assertThat(plan.limits().maxClientError()).isEqualTo(ErrorLimit.OFF);
    assertThat(plan.queue()).isTrue();
    assertThat(plan.answers().keepText()).isTrue();
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    assertThat(
            PlanFile.parse(
                "plan.yaml",
                """
                backends: [{engine: sim}]
                levels: [{concurrency: 20}]
                """))
        .isEqualTo(
            new Plan(
                "run",
                List.of(new Backend.Managed("sim", EngineKind.SIM, Map.of(), Optional.empty())),
                new Workload(DatasetRef.BUILT_IN, RequestShape.DEFAULT, 42),
                List.of(
                    new Level(
                        "c20",
                        new ClosedLoop(20, Optional.empty()),
                        Extent.EACH_PROMPT_ONCE,
                        false)),
                new Limits(Slos.NONE, Percentage.ONE_PERCENT, ErrorLimit.DEFAULT),
                new WantedAnswers(Optional.empty(), false),
                AgentsPolicy.DEFAULT,
                false,
                Course.DEFAULT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama3-8b.yaml", "everything.yaml"})
  void aPlanIsReadAsItIsWritten(String name) throws IOException {
    Plan plan = PlanFile.parse(name, resource(name));

    String json = Json.MAPPER.writeValueAsString(plan);

    assertThat(PlanFile.parse("plan.json", json)).isEqualTo(plan);
    assertThat(Json.MAPPER.readValue(json, Plan.class)).isEqualTo(plan);
  }

  @Test
  void whatIsShownHasNoHeaderValues() throws IOException {
    Plan plan = PlanFile.parse("everything.yaml", resource("everything.yaml"));

    assertThat(shown(plan)).contains("Bearer secret");
    assertThat(shown(plan.redacted())).contains("Authorization").doesNotContain("Bearer secret");
  }

  @Test
  void aNameThatLooksLikeANumberStaysAsItIsWritten() {
    assertThat(
            PlanFile.parse(
                    "plan.yaml",
                    """
                    name: 1.10
                    backends: [{engine: sim}]
                    levels: [{concurrency: 20}]
                    """)
                .name())
        .isEqualTo("1.10");
  }

  @Test
  void aByteOrderMarkDoesNoHarm() throws IOException {
    assertThat(PlanFile.parse("plan.json", "\uFEFF" + resource("llama3-8b.json"))).isEqualTo(LLAMA);
  }

  private static String shown(Plan plan) throws JsonProcessingException {
    return Json.MAPPER.writeValueAsString(plan);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PlanFileTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({"vllm, true", "sglang, true", "llamacpp, false", "mine, false"})
  void whoKnowsMinTokensIsAskedForThemBesideIgnoreEos(String name, boolean asked) {
    Plan plan =
        PlanFile.parse(
            "test",
            """
            backends: [{name: %s, url: "http://h:1"}]
            request: {ignore_eos: true}
            levels: [{concurrency: 1}]
            """
                .formatted(name));

    assertThat(plan.requestOf(plan.backends().getFirst()).minTokens().isPresent()).isEqualTo(asked);
    assertThat(plan.workload().request().minTokens()).isEmpty();
  }
}
