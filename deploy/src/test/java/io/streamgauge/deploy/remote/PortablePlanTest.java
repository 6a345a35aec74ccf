package io.streamgauge.deploy.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.PlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void aFileOfTimesThatIsNotThereIsNamed() throws IOException {
    Path file =
        plan("backends: [{url: \"http://h\"}]\nlevels: [{arrival: \"replay:/no/times\"}]\n");

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> PortablePlan.of(file))
        .withMessageContaining("/no/times");
  }
}
