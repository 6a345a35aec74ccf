package io.streamgauge.common.plan.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.DatasetRows;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.file.ReadOptions;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.PlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetRefTest {
  private static final String GOOD = "backends: [{engine: sim}]\nlevels: [{concurrency: 2}]\n";

  @TempDir private Path directory;

  private static List<Prompt> prompts(DatasetRef dataset) {
    return ((DatasetRows.Prompts) dataset.load(false)).dataset().prompts();
  }

  @Test
  void aPlanBringsItsPromptsInTheFormOfADatasetFile() {
    DatasetRef dataset =
        PlanFile.parse(
                "plan",
                GOOD
                    + "dataset: {prompts: [one, {id: 7, category: math, prompt: two, max_tokens:"
                    + " 3}]}")
            .workload()
            .dataset();

    assertThat(prompts(dataset))
        .containsExactly(
            new Prompt("1", "general", "one", Optional.empty()),
            new Prompt("7", "math", "two", Optional.of(3)));
  }

  @Test
  void thePromptsOfAFileGoAlongWithThePlanButNotIntoResults() throws IOException {
    Path file = Files.writeString(directory.resolve("mine.json"), "[\"one\", \"two\"]");

    DatasetRef inlined = DatasetRef.of(file.toString()).inlined(file, false);
    Files.delete(file);

    assertThat(prompts(inlined)).extracting(Prompt::text).containsExactly("one", "two");
    assertThat(inlined.redacted()).isEqualTo(DatasetRef.of(file.toString()));
    assertThat(
            new DatasetRef(Optional.empty(), Optional.of(prompts(inlined)), Optional.empty())
                .redacted())
        .isEqualTo(DatasetRef.of("prompts of the plan"));
  }

  @Test
  void aPlanSaysHowItsFileIsRead() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("asked.csv"), "topic,question\na,one\nb,two\nc,three\n");

    DatasetRef dataset =
        Json.YAML.readValue(
            "{file: '%s', read: {fields: {prompt: question}, limit: 2}}".formatted(file),
            DatasetRef.class);

    assertThat(prompts(dataset)).extracting(Prompt::text).containsExactly("one", "two");
    assertThat(prompts(dataset.inlined(file, false)))
        .extracting(Prompt::text)
        .containsExactly("one", "two");
  }

  @Test
  void whatIsReadInSomeWayIsAFile() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(
            () ->
                DatasetRef.BUILT_IN.readBy(
                    new ReadOptions(
                        Optional.of("azure"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())))
        .withMessageStartingWith("dataset.read: without a file is not valid");
  }

  @Test
  void withoutAnythingThePromptsAreTheBuiltInOnes() {
    assertThat(prompts(DatasetRef.BUILT_IN)).hasSize(18);
    assertThat(DatasetRef.BUILT_IN.redacted()).isEqualTo(DatasetRef.BUILT_IN);
  }

  @Test
  void aPlanFromElsewhereReadsTimesOnlyThroughItsGate() throws IOException {
    Files.writeString(directory.resolve("times"), "0ms\n5ms\n");
    String text = "backends: [{engine: sim}]\nlevels: [{arrival: \"replay:times\"}]\n";

    Plan plan = PlanFile.parse("plan", text, (_, name) -> directory.resolve(name));

    assertThat(plan.levels().getFirst().extent().requests()).contains(2L);
  }
}
