package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class InterruptTest {
  /** A live line with finished requests. */
  private static final String LIVE = ".* [1-9]\\d* done, .*";

  @TempDir private Path directory;
  @TempDir private Path engineParent;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void ctrlCEndsInPartialResultsAndExitCode130() throws Exception {
    try (Engine engine =
        new Engine(
            SimulationOptions.defaults()
                .withLatency(LatencyModel.of(Duration.ofMillis(20), Duration.ofMillis(5))))) {
      Process process = start("--url", engine.url(), "--duration", "10m", "--max-tokens", "20");
      waitFor(process, LIVE);

      assertThat(interrupt(process)).isEqualTo(130);
      ResultFiles files = new ResultFiles(directory);
      JsonNode result = files.json();
      assertThat(result.at("/run/status").textValue()).isEqualTo("interrupted");
      assertThat(result.at("/levels/0/metrics/requests/successful").longValue()).isPositive();
      assertThat(files.requests())
          .hasSize(result.at("/levels/0/metrics/requests/total").intValue());
      assertThat(files.names()).hasSize(5).anyMatch(name -> name.endsWith(".run.gz"));
    }
  }

  @Test
  void ctrlCInMidRunEndsTheEngineToo() throws Exception {
    StandIns engines = StandIns.in(engineParent).vllm();
    Process process = start(engines, "--duration", "10m", "--max-tokens", "20");
    waitFor(process, LIVE);
    assertThat(engines.running()).hasSize(1);

    assertThat(interrupt(process)).isEqualTo(130);
    assertThat(engines.running()).isEmpty();
    ResultFiles files = new ResultFiles(directory);
    assertThat(files.json().at("/run/status").textValue()).isEqualTo("interrupted");
    assertThat(files.names()).hasSize(6).anyMatch(name -> name.endsWith("_engine.log"));
  }

  @Test
  void ctrlCWhileAnEngineStartsEndsIt() throws Exception {
    StandIns engines = StandIns.in(engineParent).vllm("--loads-for-ever");
    Process process = start(engines);
    waitFor(process, "engine vllm: \\d+ s, waiting for .*");
    assertThat(engines.running()).hasSize(1);

    assertThat(interrupt(process)).isEqualTo(130);
    assertThat(engines.running()).isEmpty();
  }

  private Process start(StandIns engines, String... options) throws IOException {
    return start(
        Stream.concat(
                Stream.of("--backend", "vllm", "--engines", engines.folder().toString()),
                Stream.of(options))
            .toArray(String[]::new));
  }

  /** Whoever runs the tests in the background has Ctrl-C ignored; a user's shell has not. */
  private Process start(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(TestJvm.command());
    command.addAll(List.of(Streamgauge.class.getName(), "run", "--output", directory.toString()));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    started.add(process);
    return process;
  }

  /** Ctrl-C; the exit code. */
  private static int interrupt(Process process) throws Exception {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static void waitFor(Process process, String pattern) throws IOException {
    BufferedReader output = process.inputReader();
    List<String> seen = new ArrayList<>();
    String line = output.readLine();
    while (line != null && !line.matches(pattern)) {
      seen.add(line);
      line = output.readLine();
    }
    assertThat(line).as(() -> "a line like %s among %s".formatted(pattern, seen)).isNotNull();
    Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
  }
}
