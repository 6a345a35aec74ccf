package io.streamgauge.controller.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.PlanFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API's document takes the plans that the reader takes, and refuses what it does not know. */
class PlanSchemaTest {
  private static final String BACKENDS = "backends: [{url: \"http://h\"}]";
  private static final String LEVELS = "levels: [{concurrency: 1, requests: 1}]";
  private static final JsonSchema SCHEMA = schema();

  private static JsonSchema schema() {
    ObjectNode document = (ObjectNode) ShippedSchemas.openApi().content();
    ObjectNode plan = document.at("/components/schemas/Plan").deepCopy();
    plan.set("components", document.get("components"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(plan);
  }

  private static boolean described(String plan) {
    try {
      return SCHEMA.validate(Json.YAML.readTree(plan)).isEmpty();
    } catch (IOException e) {
      throw new AssertionError(plan, e);
    }
  }

  private static boolean read(String plan) {
    try {
      PlanFile.parse("plan", plan, (_, name) -> Path.of(name));
      return true;
    } catch (PlanException _) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed: -7",
        "name: a, b",
        "slo: {ttft_p99: 500ms, itl_p99: 50ms}",
        "agents: {min: 2, on_loss: abort}",
        "request: {endpoint: completions, max_tokens: 100, ignore_eos: true, timeout: 1.5s}",
        "request: {body: {temperature: 0, stream_options: null}, max_tokens_field: n}",
        "dataset: {file: prompts.jsonl}",
        "dataset: {prompts: [one, {id: 2, prompt: two, max_tokens: 5}]}",
        "dataset: {trace: {format: mooncake, requests: 1, made: 1, sorted: 0, failed: 0, notes: [],"
            + " rows: [{timestamp: 0, input_length: 9, output_length: 3, hash_ids: [1]}]}}",
        "fluidity: {first_token: 500ms, token: 20ms}",
        "max_failed: 0.5%\nmax_client_error: off\nqueue: true\nkeep_text: true"
      })
  void whatAPlanMaySayIsDescribed(String more) {
    String plan = BACKENDS + "\n" + LEVELS + "\n" + more;

    assertThat(read(plan)).isTrue();
    assertThat(described(plan)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: c20, concurrency: 20, ramp: 250ms, requests: 100, duration: 60s}",
        "{rate: 10, duration: 5m}",
        "{rate: 0.5, arrival: \"gamma:2\", max_concurrency: 8, requests: 100}",
        "{rate: 1, arrival: \"ramp:20\", duration: 5m}",
        "{arrival: [0s, 250ms, 1.5s]}",
        "{arrival: trace, speed: 2.5, spread_ties: true, max_concurrency: 8}"
      })
  void aLevelMayHaveEachOfItsForms(String level) {
    String plan = BACKENDS + "\nlevels: [%s]".formatted(level);

    assertThat(read(plan)).isTrue();
    assertThat(described(plan)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: v, engine: vllm, model: m, settings: {a: 2, b: [x], c: {d: 1}}}",
        "{url: \"https://h/v1\", api_key_env: KEY, headers: {X-Team: blue}, insecure: true}",
        "{url: \"http://h\", engine_metrics: none, body: {a: 1}, api_key_header: api-key,"
            + " api_key_env: K}"
      })
  void aBackendMayHaveEachOfItsForms(String backend) {
    String plan = LEVELS + "\nbackends: [%s]".formatted(backend);

    assertThat(read(plan)).isTrue();
    assertThat(described(plan)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        LEVELS,
        BACKENDS,
        BACKENDS + "\n" + LEVELS + "\nmodel: m",
        BACKENDS + "\n" + LEVELS + "\nseed: x",
        BACKENDS + "\n" + LEVELS + "\nagents: {min: 0}",
        BACKENDS + "\n" + LEVELS + "\nslo: {ttft_p99: 500}",
        BACKENDS + "\nlevels: [{concurrency: 0}]",
        BACKENDS + "\nlevels: [{concurrency: 1, rate: 2}]",
        BACKENDS + "\nlevels: [{concurrency: 1, arrival: poisson}]",
        BACKENDS + "\nlevels: [{rate: 1, arrival: often}]",
        BACKENDS + "\nlevels: [{rate: 1, arrival: trace}]",
        BACKENDS + "\nlevels: [{rate: 1, speed: 2}]",
        LEVELS + "\nbackends: [{url: \"http://h\", engine: vllm}]",
        LEVELS + "\nbackends: [{url: \"http://h\", settings: {a: 1}}]",
        LEVELS + "\nbackends: [{engine: other}]"
      })
  void whatTheReaderRefusesIsNotDescribed(String plan) {
    assertThat(read(plan)).isFalse();
    assertThat(described(plan)).isFalse();
  }
}
