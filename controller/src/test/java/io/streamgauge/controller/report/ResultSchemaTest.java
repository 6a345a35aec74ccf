package io.streamgauge.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.SpecVersion;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.controller.SampleResult;
import io.streamgauge.controller.result.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The schema takes what the analysis makes and nothing else. Mutations are made at every place of a
 * whole result; those that the schema takes all the same must be exactly the ones listed.
 */
class ResultSchemaTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonSchema SCHEMA = schema();

  private static JsonSchema schema() {
    try (InputStream in =
        Objects.requireNonNull(
            ResultSchemaTest.class.getResourceAsStream("/io/streamgauge/result.schema.json"))) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(MAPPER.readTree(in));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static JsonNode json(RunResult result) {
    try {
      return MAPPER.readTree(JsonReport.of(result));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static RunResult whole() {
    return SampleResult.of(
        RunStatus.FAILED,
        Optional.of("agent b: gone"),
        SampleResult.busyLevel(),
        SampleResult.emptyLevel());
  }

  @Test
  void theSchemaItselfIsOne() {
    JsonSchema meta =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                com.networknt.schema.SchemaLocation.of(
                    "https://json-schema.org/draft/2020-12/schema"));

    assertThat(meta.validate(SCHEMA.getSchemaNode())).isEmpty();
  }

  @Test
  void aResultOfSeveralLevelsWithFailuresAndEmptyDistributionsValidates() {
    assertThat(SCHEMA.validate(json(whole()))).isEmpty();
  }

  @Test
  void aResultWithoutALevelValidates() {
    assertThat(SCHEMA.validate(json(SampleResult.of()))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(RunStatus.class)
  void everyStatusIsKnown(RunStatus status) {
    assertThat(SCHEMA.validate(json(SampleResult.of(status, Optional.empty())))).isEmpty();
  }

  @Test
  void everyMetricIsThereByItsName() {
    JsonNode metrics = json(whole()).at("/levels/0/metrics");

    for (Metric metric : Metric.values()) {
      assertThat(metrics.at("/" + metric.key() + "/count").isInt()).as(metric.key()).isTrue();
    }
    assertThat(metrics.has("latencies")).isFalse();
  }

  @Test
  void headersKeepTheirValuesToThemselves() {
    assertThat(json(whole()).toString()).contains("X-Key").doesNotContain("secret");
  }

  @Test
  void onlyWhatIsOptionalMayBeMissing() {
    Set<String> missing = new TreeSet<>();
    places(
        json(whole()),
        place -> {
          if (place.parent() instanceof ObjectNode parent) {
            JsonNode removed = parent.remove(place.key());
            take(place, missing);
            parent.set(place.key(), removed);
          }
        });

    missing.removeIf(
        pointer -> pointer.matches("/levels/\\*/gpu/\\*/(samples/\\*|summary)/(?!t_ms).*"));
    assertThat(missing)
        .containsExactlyInAnyOrder(
            "/environment/agents/*/gpus/*/memory_mb",
            "/levels/*/gpu/*/clock_events/sw_power_cap",
            "/levels/*/gpu/*/energy_agreement_pct",
            "/levels/*/gpu/*/energy_j",
            "/levels/*/gpu/*/energy_missing",
            "/levels/*/gpu/*/energy_per_output_token_j",
            "/levels/*/gpu/*/energy_per_total_token_j",
            "/levels/*/gpu/*/energy_step_j",
            "/levels/*/gpu/*/idle_power_w",
            "/levels/*/gpu/*/integrated_energy_j",
            "/levels/*/gpu/*/lost_at_s",
            "/levels/*/gpu/*/mean_power_w",
            "/levels/*/gpu/*/memory_total_mb",
            "/levels/*/gpu/*/power_limit_w",
            "/levels/*/gpu/*/processes/*/memory_mb",
            "/levels/*/gpu_total",
            "/levels/*/gpu_total/energy_missing",
            "/run/failure",
            "/run/repeat",
            "/run/variant",
            "/plan/dataset/file",
            "/plan/request/max_tokens",
            "/plan/backends/*/model",
            "/plan/backends/*/headers",
            "/plan/backends/*/headers/X-Key",
            "/plan/backends/*/settings",
            "/plan/backends/*/settings/ttft",
            "/plan/backends/*/settings/deep",
            "/plan/backends/*/settings/deep/n",
            "/plan/levels/*/ramp",
            "/plan/levels/*/requests",
            "/plan/levels/*/duration",
            "/plan/levels/*/max_concurrency",
            "/plan/slo/ttft_p99",
            "/levels/*/load/requests",
            "/levels/*/load/max_concurrency",
            "/levels/*/metrics/requests/errors/server_error",
            "/levels/*/metrics/requests/errors/timeout",
            "/levels/*/metrics/finish_reasons/length",
            "/levels/*/metrics/finish_reasons/stop",
            "/levels/*/client/agents/a",
            "/levels/*/client/agents/b",
            "/levels/*/slo/*/value_ms",
            "/levels/*/slo/*/note",
            "/levels/*/slo/*/samples_needed",
            "/levels/*/slo/*/upper_ms",
            "/levels/*/goodput",
            "/levels/*/start_spread_ms",
            "/levels/*/client/agents/a/started_at_ms",
            "/levels/*/client/agents/a/clock_offset_ms",
            "/levels/*/client/agents/a/clock_bound_ms",
            "/levels/*/client/agents/b/started_at_ms",
            "/levels/*/client/agents/b/clock_offset_ms",
            "/levels/*/client/agents/b/clock_bound_ms",
            "/levels/*/goodput/limits_ms/ttft_ms",
            "/levels/*/goodput/limits_ms/e2e_ms",
            "/levels/*/client/merged/asked_rps",
            "/levels/*/metrics/fluidity/mean",
            "/levels/*/metrics/fluidity/fluid",
            "/plan/fluidity",
            "/levels/*/metrics/texts",
            "/levels/*/metrics/cached_tokens",
            "/levels/*/metrics/prompt_length",
            "/levels/*/metrics/peak_output_tps",
            "/levels/*/metrics/output_tps_error",
            "/levels/*/validity/metrics/ttft",
            "/levels/*/validity/metrics/ttft_due",
            "/levels/*/validity/metrics/e2e",
            "/levels/*/validity/metrics/e2e_due",
            "/levels/*/validity/metrics/itl",
            "/levels/*/validity/metrics/icl",
            "/levels/*/validity/metrics/tpot",
            "/levels/*/validity/metrics/tpot_after_first",
            "/levels/*/validity/metrics/ntpot",
            "/levels/*/validity/metrics/ttfo");
  }

  @Test
  void onlyOpenSetsTakeAFieldMore() {
    Set<String> open = new TreeSet<>();
    places(
        json(whole()),
        place -> {
          if (place.node() instanceof ObjectNode object) {
            for (JsonNode extra : List.of(IntNode.valueOf(1), TextNode.valueOf("x"))) {
              object.set("extra", extra);
              take(place, open);
              object.remove("extra");
            }
          }
        });

    assertThat(open)
        .containsExactlyInAnyOrder(
            "/plan/backends/*/settings",
            "/plan/backends/*/settings/deep",
            "/levels/*/metrics/requests/errors",
            "/levels/*/metrics/finish_reasons");
  }

  @Test
  void everyValueHasItsType() {
    Set<String> other = new TreeSet<>();
    places(
        json(whole()),
        place -> {
          if (!place.pointer().contains("/settings/")) {
            for (JsonNode value : List.of(wrong(place.node()), MAPPER.createArrayNode().add(1))) {
              replace(place, value, () -> take(place, other));
            }
          }
        });

    assertThat(other).isEmpty();
  }

  @Test
  void onlyThePercentilesOfATailMayBeNull() {
    Set<String> nullable = new TreeSet<>();
    places(
        json(whole()),
        place -> {
          if (!place.node().isNull() && !place.pointer().contains("/settings/")) {
            replace(place, NullNode.getInstance(), () -> take(place, nullable));
          }
        });

    assertThat(nullable)
        .isNotEmpty()
        .allSatisfy(pointer -> assertThat(pointer).matches(".*_ms/(p90|p95|p99|p999)"));
  }

  @Test
  void anEmptyDistributionHasNoNumbers() {
    JsonNode result = json(whole());
    ObjectNode empty = (ObjectNode) result.at("/levels/1/metrics/ttft_ms");

    for (String number :
        List.of("mean", "stddev", "min", "p50", "p90", "p95", "p99", "p999", "max")) {
      assertThat(empty.get(number).isNull()).as(number).isTrue();
      empty.put(number, 1.5);
      assertThat(SCHEMA.validate(result)).as(number).isNotEmpty();
      empty.putNull(number);
    }
    assertThat(SCHEMA.validate(result)).isEmpty();
  }

  @Test
  void unknownWordsOfClosedSetsAreRejected() {
    for (String pointer :
        List.of("/schema", "/run/status", "/levels/0/validity/findings/0/severity")) {
      JsonNode result = json(whole());
      int slash = pointer.lastIndexOf('/');
      ((ObjectNode) result.at(pointer.substring(0, slash)))
          .put(pointer.substring(slash + 1), "other");
      assertThat(SCHEMA.validate(result)).as(pointer).isNotEmpty();
    }
  }

  /** A place in the tree: its parent, how the parent names it, and what is there. */
  private record Place(JsonNode root, JsonNode parent, String key, String pointer, JsonNode node) {}

  private static void places(JsonNode root, Consumer<Place> visit) {
    places(root, root, "", visit);
  }

  private static void places(JsonNode root, JsonNode at, String pointer, Consumer<Place> visit) {
    List<String> names = new ArrayList<>();
    at.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      visit(root, new Place(root, at, name, pointer + "/" + name, at.get(name)), visit);
    }
    for (int i = 0; i < at.size() && at.isArray(); i++) {
      visit(root, new Place(root, at, Integer.toString(i), pointer + "/*", at.get(i)), visit);
    }
  }

  private static void visit(JsonNode root, Place place, Consumer<Place> visit) {
    visit.accept(place);
    places(root, place.node(), place.pointer(), visit);
  }

  private static void replace(Place place, JsonNode value, Runnable then) {
    set(place, value);
    then.run();
    set(place, place.node());
  }

  private static void set(Place place, JsonNode value) {
    if (place.parent() instanceof ObjectNode parent) {
      parent.set(place.key(), value);
    } else {
      ((ArrayNode) place.parent()).set(Integer.parseInt(place.key()), value);
    }
  }

  /** A scalar that this place must not hold. */
  private static JsonNode wrong(JsonNode right) {
    return right.isTextual()
        ? IntNode.valueOf(-7)
        : right.isBoolean() ? TextNode.valueOf("yes") : BooleanNode.TRUE;
  }

  private static void take(Place place, Set<String> accepted) {
    if (SCHEMA.validate(place.root(), OutputFormat.BOOLEAN)) {
      accepted.add(place.pointer());
    }
  }
}
