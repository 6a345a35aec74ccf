package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.LatencyModel;
import io.streamgauge.agent.sim.SimulationOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {
  @TempDir private Path directory;

  @Test
  void ctrlCEndsInPartialResultsAndExitCode130() throws Exception {
    try (Engine engine =
        new Engine(
            SimulationOptions.defaults()
                .withLatency(LatencyModel.of(Duration.ofMillis(20), Duration.ofMillis(5))))) {
      Process process = start("--url", engine.url(), "--duration", "10m", "--max-tokens", "20");
      waitForLiveLine(process);

      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
      ResultFiles files = new ResultFiles(directory);
      JsonNode result = files.json();
      assertThat(result.at("/run/status").textValue()).isEqualTo("interrupted");
      assertThat(result.at("/levels/0/metrics/requests/successful").longValue()).isPositive();
      assertThat(files.requests())
          .hasSize(result.at("/levels/0/metrics/requests/total").intValue());
      assertThat(files.names()).hasSize(3);
    }
  }

  /** Through a shell, which gives the child its own, default, signal handling. */
  private Process start(String... options) throws IOException {
    java.util.List<String> command =
        new java.util.ArrayList<>(
            java.util.List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Streamgauge.class.getName(),
                "run",
                "--output",
                directory.toString()));
    command.addAll(java.util.List.of(options));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static void waitForLiveLine(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    while (line != null && !line.matches(".* [1-9]\\d* done, .*")) {
      line = output.readLine();
    }
    assertThat(line).as("a live line with finished requests").isNotNull();
    Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
  }
}
