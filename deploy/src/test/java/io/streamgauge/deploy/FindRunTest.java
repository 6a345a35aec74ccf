package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import io.streamgauge.controller.result.Analysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The capacity of an engine of two slots, sought by a whole run. */
class FindRunTest {
  @TempDir private Path directory;

  private Path file(String end) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(end)).findFirst().orElseThrow();
    }
  }

  @Test
  void loadsAreTriedUntilTheAnswerIsAnIntervalAndTheLogTellsTheSame() throws IOException {
    Cli cli =
        Cli.run(
            "run",
            "--quiet",
            "--no-html",
            "--backend=sim",
            "--set=slots=2",
            "--set=ttft=1ms",
            "--set=itl=80ms",
            "--max-tokens=2",
            "--ignore-eos",
            "--find=concurrency",
            "--concurrency=4",
            "--slo=ttft_p50=40ms",
            "--within=60s",
            "--output=" + directory);

    assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
    assertThat(cli.out()).contains("=== CAPACITY OF sim (users) ===", "proved to pass up to ");
    JsonNode result = Json.MAPPER.readTree(file(".json").toFile());
    JsonNode capacity = result.get("capacity");
    assertThat(capacity.get("passes_up_to").intValue()).as("%s", capacity).isEqualTo(2);
    assertThat(capacity.get("fails_from").intValue()).as("%s", capacity).isBetween(3, 4);
    JsonNode first = result.at("/levels/0");
    assertThat(first.at("/name").textValue()).isEqualTo("c4");
    assertThat(first.at("/attainment/proof").textValue()).isEqualTo("fails");
    assertThat(first.at("/metrics/requests/cancelled").intValue())
        .as("those in flight were waited for when it was decided")
        .isZero();
    assertThat(Analysis.of(file(".run.gz")).orElseThrow().capacity().map(Json.MAPPER::valueToTree))
        .contains(capacity);
  }
}
