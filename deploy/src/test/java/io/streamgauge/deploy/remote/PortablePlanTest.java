package io.streamgauge.deploy.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.DatasetRows;
import io.streamgauge.common.dataset.trace.Trace;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.PlanFile;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.OpenLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortablePlanTest {
  @TempDir private Path folder;

  private Path plan(String text) throws IOException {
    return Files.writeString(folder.resolve("plan.yaml"), text);
  }

  @Test
  void theFilesOfThePlanAreInItAndItMeansTheSame() throws IOException {
    Path prompts = Files.writeString(folder.resolve("prompts.json"), "[\"one\", \"two\"]");
    Path times = Files.writeString(folder.resolve("times"), "0ms\n12.5ms\n1s\n");
    Path file =
        plan(
            """
            backends: [{name: v, url: "http://h:1"}]
            dataset: {file: "%s"}
            levels:
              - {name: warm, concurrency: 2, warmup: true}
              - {name: again, arrival: "replay:%s"}
            """
                .formatted(prompts, times));

    String sent = new String(PortablePlan.of(file), java.nio.charset.StandardCharsets.UTF_8);
    Plan read = PlanFile.parse("sent", sent);

    assertThat(sent).doesNotContain("replay:").doesNotContain(times.toString());
    assertThat(read.workload().dataset().prompts().orElseThrow()).hasSize(2);
    assertThat(read.levels()).isEqualTo(PlanFile.read(file).levels());
  }

  @Test
  void aTraceGoesAlongWithItsTimesAndLengths() throws IOException {
    Path trace =
        Files.writeString(
            folder.resolve("trace.jsonl"),
            """
            {"timestamp": 20, "input_length": 90, "output_length": 5, "hash_ids": [0, 1]}
            {"timestamp": 0, "input_length": 70, "output_length": 6, "hash_ids": [0]}
            """);
    Path file =
        plan(
            """
            backends: [{url: "http://h:1"}]
            dataset: {file: "%s"}
            levels: [{arrival: trace, speed: 2}]
            """
                .formatted(trace));

    byte[] sent = PortablePlan.of(file);
    Files.delete(trace);
    Plan read = PlanFile.parse("sent", new String(sent, java.nio.charset.StandardCharsets.UTF_8));

    Trace rows = ((DatasetRows.Requests) read.workload().dataset().load(read.replays())).trace();
    assertThat(read.replaying(rows).levels().getFirst().load())
        .isEqualTo(OpenLoop.replay(new Arrival.Replay(List.of(0L, 10_000_000L)), Optional.empty()));
    assertThat(rows.sorted()).isEqualTo(1);
  }

  @Test
  void aFileOfTimesThatIsNotThereIsNamed() throws IOException {
    Path file =
        plan("backends: [{url: \"http://h\"}]\nlevels: [{arrival: \"replay:/no/times\"}]\n");

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> PortablePlan.of(file))
        .withMessageContaining("/no/times");
  }
}
