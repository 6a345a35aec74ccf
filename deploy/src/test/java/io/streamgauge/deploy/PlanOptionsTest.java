package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.plan.ClosedLoop;
import io.streamgauge.common.plan.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanOptionsTest {
  private static final String WARM = "{name: warm, concurrency: 2, requests: 4, warmup: true}";

  @TempDir private Path directory;

  private RunOptions options(String... levels) throws IOException {
    RunOptions options = new RunOptions();
    options.plan =
        Files.writeString(
            directory.resolve("plan.yaml"),
            "backends: [{engine: sim}]\nlevels: [%s]\n".formatted(String.join(", ", levels)));
    return options;
  }

  @Test
  void aLoadReplacesThatOfTheOneMeasuredLevelAndNothingElse() throws IOException {
    RunOptions options = options(WARM, "{rate: 5, requests: 9}");
    options.load.concurrency = 3;

    List<Level> levels = options.toPlan().levels();

    assertThat(levels).extracting(Level::name).containsExactly("warm", "c3");
    assertThat(levels.getLast().load()).isEqualTo(new ClosedLoop(3, Optional.empty()));
    assertThat(levels.getLast().extent().requests()).contains(9L);
  }

  @Test
  void aNameOfTheUsersOwnStays() throws IOException {
    RunOptions options = options("{name: mine, rate: 5, requests: 9}");
    options.load.rate = 7.0;

    assertThat(options.toPlan().levels()).extracting(Level::name).containsExactly("mine");
  }

  @Test
  void aLoadForSeveralLevelsIsRefusedAndTheyAreNamed() throws IOException {
    RunOptions options = options(WARM, "{rate: 5, requests: 9}", "{concurrency: 8, requests: 9}");
    options.load.rate = 3.0;

    assertThatThrownBy(options::toPlan)
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("r5, c8");
  }
}
