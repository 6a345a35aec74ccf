package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class RepeatsRunTest {
  @TempDir private Path directory;

  private Cli run(String... args) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run",
                "--quiet",
                "--concurrency=2",
                "--max-tokens=8",
                "--ignore-eos",
                "--output=" + directory));
    all.addAll(List.of(args));
    return Cli.run(all.toArray(String[]::new));
  }

  private List<Path> files(String begin, String end) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(begin))
          .filter(file -> file.toString().endsWith(end))
          .sorted()
          .toList();
    }
  }

  @Test
  void variantsRunInterleavedAndAreHeldAgainstTheFirst() throws IOException {
    Cli cli =
        run(
            "--backend=sim",
            "--requests=4",
            "--variant=quick:ttft=1ms,itl=1ms",
            "--variant=slow:ttft=1ms,itl=30ms",
            "--repeats=2");

    assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
    assertThat(cli.err()).contains("quick, repeat 1 of 2", "slow, repeat 2 of 2");
    assertThat(cli.out())
        .contains("=== COMPARISON: slow (2 runs) with quick (2 runs) as the base ===")
        .contains("Results:        " + files("slow_", ".json").getFirst())
        .doesNotContain("=== RESULTS FOR");
    assertThat(files("quick_", ".run.gz")).hasSize(2);
    assertThat(files("slow_", ".run.gz")).hasSize(2);
    JsonNode experiment =
        Json.MAPPER.readTree(files("experiment_run_", ".json").getFirst().toFile());
    List<String> order = experiment.get("runs").findValuesAsText("backend");
    assertThat(order).containsExactlyInAnyOrder("quick", "quick", "slow", "slow");
    assertThat(order.subList(2, 4)).isEqualTo(order.subList(0, 2).reversed());
    for (JsonNode run : experiment.get("runs")) {
      assertThat(directory.resolve(run.get("log").asText())).exists();
      assertThat(run.get("run_name").asText()).isEqualTo("run");
      assertThat(run.get("variant")).isEqualTo(run.get("backend"));
    }
    JsonNode base = experiment.at("/comparison/base/runs");
    assertThat(base.findValuesAsText("variant")).containsExactly("quick", "quick");
    assertThat(base.findValuesAsText("repeat")).containsExactly("1", "2");
    assertThat(experiment.at("/comparison/pairs/0/refusals")).isEmpty();
    assertThat(experiment.has("sides")).isFalse();
    assertThat(files("experiment_run_", ".html")).hasSize(1);
    JsonNode result = Json.MAPPER.readTree(files("slow_", ".json").getLast().toFile());
    assertThat(result.at("/run/repeat").intValue()).isEqualTo(2);
    assertThat(result.at("/plan/backends/1/settings/itl").asText()).isEqualTo("30ms");
  }

  @Test
  void repeatsOfOneThingAreListedAndNothingIsCompared() throws IOException {
    Cli cli = run("--backend=sim", "--set=itl=1ms", "--repeats=2", "--requests=20", "--no-html");

    assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
    assertThat(cli.err()).as("a note that is so for each repeat").containsOnlyOnce("sends each of");
    assertThat(cli.out()).doesNotContain("as the base");
    JsonNode experiment = Json.MAPPER.readTree(files("experiment_", ".json").getFirst().toFile());
    assertThat(experiment.get("runs")).hasSize(2);
    assertThat(experiment.has("comparison")).isFalse();
    assertThat(files("experiment_", ".html")).isEmpty();
  }
}
