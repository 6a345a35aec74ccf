package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole runs whose prompts are made to length. */
@Execution(ExecutionMode.CONCURRENT)
class MadePromptsRunTest {
  @TempDir private Path folder;

  private Cli run(Engine engine, Path output, String... args) {
    List<String> all =
        new ArrayList<>(List.of("run", "--quiet", "--url=" + engine.url(), "--output=" + output));
    all.addAll(List.of(args));
    return Cli.run(all.toArray(String[]::new));
  }

  private static Engine engine() {
    return new Engine(
        SimulationOptions.defaults()
            .withLatency(LatencyModel.of(Duration.ofMillis(1), Duration.ofNanos(100_000))));
  }

  private static Map<String, List<Map<String, String>>> levels(ResultFiles files) {
    return files.requests().stream()
        .collect(Collectors.groupingBy(row -> row.get("level"), TreeMap::new, Collectors.toList()));
  }

  private static List<String> lengths(List<Map<String, String>> requests) {
    return requests.stream()
        .sorted((a, b) -> number(a) - number(b))
        .map(row -> row.get("prompt_id") + ":" + row.get("input_tokens"))
        .toList();
  }

  private static int number(Map<String, String> row) {
    String id = row.get("request_id");
    return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
  }

  @Test
  void everyPromptHasItsLengthAndLevelsSendTheSameOnesInTheSameOrder() throws IOException {
    try (Engine engine = engine();
        Relay relay = new Relay(engine.url(), _ -> false)) {
      Path plan =
          Files.writeString(
              folder.resolve("plan.yaml"),
              """
              backends: [{name: sim, url: "%s"}]
              dataset: {synthetic: {input_tokens: "lognormal:60:0.5", output_tokens: "uniform:2:5"}}
              levels:
                - {name: warm, concurrency: 1, requests: 4, warmup: true}
                - {concurrency: 2, requests: 40}
                - {concurrency: 4, requests: 40}
              max_client_error: off
              """
                  .formatted(relay.url()));
      Path output = folder.resolve("results");
      Cli cli = Cli.run("run", "--quiet", "--plan=" + plan, "--output=" + output);
      assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
      ResultFiles files = new ResultFiles(output);
      for (var level : files.json().path("levels")) {
        var length = level.at("/metrics/prompt_length");
        assertThat(length.path("answers").intValue()).isEqualTo(40);
        assertThat(length.path("off").intValue()).isZero();
        assertThat(length.path("asked_tokens")).isEqualTo(length.path("served_tokens"));
        assertThat(
                StreamSupport.stream(level.at("/validity/findings").spliterator(), false)
                    .map(finding -> finding.path("code").asText()))
            .contains("prompts_made")
            .doesNotContain("prompt_length");
      }
      var levels = levels(files);
      assertThat(levels).containsOnlyKeys("c2", "c4");
      assertThat(lengths(levels.get("c4"))).isEqualTo(lengths(levels.get("c2")));
      assertThat(files.requests())
          .allSatisfy(row -> assertThat(row.get("output_tokens")).isIn("2", "3", "4", "5"));
      assertWarmUp(relay, lengths(levels.get("c2")).subList(0, 4));
    }
  }

  /** It sends prompts of the same lengths, and none that begins as a measured one does. */
  private static void assertWarmUp(Relay relay, List<String> lengths) {
    Map<Boolean, List<Map.Entry<String, Relay.Passed>>> sent =
        new TreeMap<>(relay.passed())
            .entrySet().stream()
                .filter(one -> one.getKey().matches(".*-(warm|c2|c4)-\\d+"))
                .collect(Collectors.partitioningBy(one -> one.getKey().contains("-warm-")));
    assertThat(sent.get(true))
        .extracting(
            one -> one.getValue().answer().replaceAll("(?s).*\"prompt_tokens\":(\\d+).*", "$1"))
        .isEqualTo(lengths.stream().map(length -> length.replaceAll(".*:", "")).toList());
    assertThat(sent.values().stream().flatMap(List::stream))
        .hasSize(4 + 2 * 40)
        .extracting(one -> one.getValue().body().replaceAll("(?s).*\"content\":\"(.{30}).*", "$1"))
        .doesNotHaveDuplicates()
        .noneMatch(beginning -> beginning.contains("Warm-up"));
  }

  @Test
  void theWorkloadIsTheSameForOneAgentAndForThree() {
    try (Engine engine = engine()) {
      Set<String> hashes = new HashSet<>();
      for (String agents : List.of("1", "3")) {
        Path output = folder.resolve(agents);
        run(
            engine,
            output,
            "--input-tokens=uniform:20:90",
            "--requests=30",
            "--agents=" + agents,
            "--max-tokens=2");
        hashes.add(new ResultFiles(output).json().at("/levels/0/validity/workload").textValue());
      }
      assertThat(hashes).hasSize(1);
    }
  }

  @Test
  void aLengthThatTheTemplateAloneTakesIsRefusedWithBothNumbers() {
    try (Engine engine = engine()) {
      Cli cli = run(engine, folder, "--input-tokens=1", "--requests=4");
      assertThat(cli.exitCode()).isEqualTo(2);
      assertThat(cli.err()).contains("input_tokens: 1, expected 2 or more");
    }
  }

  @Test
  void howOftenPromptsRepeatIsToldBeforeTheLevelAndAMarkMakesThemUnique() {
    try (Engine engine = engine()) {
      Cli told = run(engine, folder.resolve("told"), "--requests=40", "--max-tokens=2");
      Cli marked =
          run(
              engine,
              folder.resolve("marked"),
              "--requests=40",
              "--max-tokens=2",
              "--unique-prefix");

      assertThat(told.err()).contains("sends each of 18 prompts 2 or 3 times");
      assertThat(marked.err()).doesNotContain("prompts 2 or 3 times");
      assertThat(new ResultFiles(folder.resolve("marked")).requests())
          .extracting(row -> row.get("prompt_id"))
          .doesNotHaveDuplicates();
    }
  }

  /** A tokenizer that makes a token of whatever {@code pattern} finds. */
  private Path tokenizer(String pattern) throws IOException {
    return Files.writeString(
        folder.resolve("tokenizer.json"),
        """
        {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
         "normalizer": null, "post_processor": null, "decoder": null,
         "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "%s"}, "behavior": "Removed", "invert": true},
         "model": {"type": "WordLevel", "vocab": {"[UNK]": 0}, "unk_token": "[UNK]"}}
        """
            .formatted(pattern));
  }

  private static List<String> codes(ResultFiles files) {
    return StreamSupport.stream(files.json().at("/levels/0/validity/findings").spliterator(), false)
        .map(finding -> finding.path("code").asText())
        .toList();
  }

  @Test
  void aTokenizerOfTheServersCountsInItsPlace() throws IOException {
    try (Engine engine = engine()) {
      tokenizer("\\\\S{1,6}");
      Cli cli =
          run(
              engine,
              folder.resolve("results"),
              "--tokenizer=" + folder,
              "--input-tokens=uniform:40:200",
              "--requests=30",
              "--max-tokens=2",
              "--verbose");

      assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
      ResultFiles files = new ResultFiles(folder.resolve("results"));
      JsonNode length = files.json().at("/levels/0/metrics/prompt_length");
      assertThat(length.path("exact").intValue()).as(length.toString()).isEqualTo(30);
      assertThat(codes(files)).doesNotContain("tokenizer_misfit", "prompt_length");
      assertThat(engine.log()).as("two probes and the load").hasSize(32);
      assertThat(cli.out()).contains("the tokenizer ", "tokenizer.json counted ");
    }
  }

  @Test
  void aTokenizerOfAnotherModelIsFoundOutBeforeTheLoadAndAfterIt() throws IOException {
    try (Engine engine = engine()) {
      Path other = tokenizer("\\\\S+");
      Cli cli =
          run(
              engine,
              folder.resolve("results"),
              "--tokenizer=" + other,
              "--input-tokens=100",
              "--requests=10",
              "--max-tokens=2");

      assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
      assertThat(cli.err()).contains("the tokenizer does not fit the server");
      assertThat(codes(new ResultFiles(folder.resolve("results"))))
          .contains("tokenizer_misfit", "prompt_length");
    }
  }

  @Test
  void whatIsNoTokenizerIsRefusedWithItsName() throws IOException {
    try (Engine engine = engine()) {
      Path file = Files.writeString(folder.resolve("tokenizer.json"), "{}");

      Cli cli = run(engine, folder, "--tokenizer=" + file, "--input-tokens=100", "--requests=4");

      assertThat(cli.exitCode()).isEqualTo(2);
      assertThat(cli.err()).contains("dataset.tokenizer: " + file, "a tokenizer that can be used");
    }
  }

  @Test
  void aTokenizerHasNothingToCountWhereNoPromptsAreMade() throws IOException {
    try (Engine engine = engine()) {
      Cli cli = run(engine, folder, "--tokenizer=" + tokenizer("x"), "--requests=4");

      assertThat(cli.exitCode()).isEqualTo(2);
      assertThat(cli.err()).contains("dataset.tokenizer", "none where no prompts are made");
    }
  }
}
