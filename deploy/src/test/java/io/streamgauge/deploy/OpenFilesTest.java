package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OpenFilesTest {
  private static final int LIMIT = 300;

  @TempDir private Path directory;

  @Test
  void anOpenLoopThatRunsOutOfFilesEndsInTimeAndTellsAllOfItsRequests() throws Exception {
    try (Engine slow = slow()) {
      int code =
          run("--url", slow.url(), "--rate", "300", "--requests", "600", "--max-tokens", "1");

      ResultFiles files = new ResultFiles(directory);
      var level = files.json().at("/levels/0");
      assertThat(code).isEqualTo(1);
      assertThat(files.json().at("/run/status").textValue()).isEqualTo("completed");
      assertThat(files.requests())
          .hasSize(600)
          .filteredOn(row -> row.get("outcome").equals("connect_failed"))
          .isNotEmpty()
          .hasSizeLessThan(600)
          .hasSize(level.at("/metrics/requests/errors/connect_failed").intValue());
      assertThat(level.at("/validity/findings").findValuesAsText("message"))
          .anyMatch(
              words ->
                  words.contains("too many open files")
                      && words.contains("limit of open files " + LIMIT));
    }
  }

  @Test
  void aClosedLoopForWhichThereAreTooFewFilesIsRefusedBeforeAnythingIsSent() throws Exception {
    try (Engine slow = slow()) {
      int code = run("--url", slow.url(), "--concurrency", "400");

      assertThat(code).isEqualTo(2);
      assertThat(OwnProcess.output(directory))
          .contains(
              "level c400 needs 400 connections at once",
              "ulimit -n 5",
              "limit of open files " + LIMIT);
      assertThat(slow.log()).isEmpty();
    }
  }

  private static Engine slow() {
    return new Engine(
        SimulationOptions.defaults()
            .withSlots(0)
            .withLatency(LatencyModel.of(Duration.ofSeconds(3), Duration.ofMillis(1))));
  }

  private int run(String... options) throws Exception {
    return new OwnProcess(directory, Map.of()).run(LIMIT, options);
  }
}
