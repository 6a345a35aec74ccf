package io.streamgauge.controller.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.PlanFile;
import io.streamgauge.controller.wait.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What levels may send of which only the search knows how many come and how long they are. */
class LevelPromptsTest {
  private static Plan search(String extent, String dataset) {
    return PlanFile.parse(
        "test",
        """
        backends: [{engine: sim}]
        levels: [{rate: 1, %s}]
        slo: {ttft_p90: 1s}
        find: {load: rate}
        dataset: %s
        """
            .formatted(extent, dataset));
  }

  @Test
  void noMarkComesTwiceInALongSearch() {
    Plan plan = search("requests: 20000", "{prompts: [one], unique_prefix: true}");
    DatasetPrompts prompts = (DatasetPrompts) LevelPrompts.of(plan);
    Set<String> sent = new HashSet<>();
    for (int place : List.of(0, 23)) {
      prompts
          .of(new PlacedLevel(plan.levels().getFirst(), place))
          .forEach(prompt -> sent.add(prompt.text()));
    }

    assertThat(sent).hasSize(2 * Pool.MOST);
    assertThatThrownBy(() -> prompts.of(new PlacedLevel(plan.levels().getFirst(), 600)))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("unique_prefix: level r1 is number 601 of the run", "594 at most");
  }

  @Test
  void theLengthsOfAllThatASearchMaySendAreKnown() {
    assertThat(LevelPrompts.of(search("duration: 10s", "{synthetic: {input_tokens: 20}}")).asked())
        .hasSize(Pool.MOST);
  }

  @Test
  void soAreThoseOfATrace(@TempDir Path folder) throws IOException {
    Path trace =
        Files.writeString(
            folder.resolve("trace.jsonl"),
            """
            {"timestamp": 0, "input_length": 20, "output_length": 5, "hash_ids": [1]}
            {"timestamp": 9, "input_length": 30, "output_length": 5, "hash_ids": [1]}
            """);

    assertThat(LevelPrompts.of(search("duration: 10s", "{file: '%s'}".formatted(trace))).asked())
        .hasSize(Pool.MOST)
        .containsEntry("20000", 30);
  }
}
