package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.controller.engine.EngineReport;
import io.streamgauge.controller.gpu.GpuResult;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.LostAgent;
import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.report.JsonReport;
import io.streamgauge.controller.result.Analysis;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A run with GPUs and a metrics page whose controller is killed at a random moment, alone or with
 * one of its agents. {@code -Dkills=10} makes it ten moments.
 */
@Tag("chaos")
class KilledRunTest {
  private static final long MOST_NANOS = 3_000_000_000L;
  private static final List<List<String>> VICTIMS =
      List.of(List.of("controller"), List.of("load", "controller"), List.of("gpu", "controller"));

  @TempDir private Path folder;

  static IntStream moments() {
    return IntStream.range(0, Integer.getInteger("kills", VICTIMS.size()));
  }

  @ParameterizedTest
  @MethodSource("moments")
  void everythingThatHadReachedItIsInTheRecoveredResult(int moment) throws IOException {
    long after = new Random().nextLong(MOST_NANOS);
    List<String> victims = VICTIMS.get(moment % VICTIMS.size());
    Path copy = folder.resolve("copy.run.gz");
    try (Engine engine =
            new Engine(
                SimulationOptions.defaults()
                    .withLatency(LatencyModel.of(Duration.ofMillis(20), Duration.ofMillis(5))));
        Cluster cluster = cluster()) {
      String run = cluster.submit(plan(engine));
      cluster.awaitDone(run, 1);
      LockSupport.parkNanos(after);
      victims.forEach(cluster::kill);
      Path log = log(cluster);
      Files.copy(log, copy);
      RunResult held = Analysis.of(copy).orElseThrow();

      cluster.startController();
      cluster.awaitState(run, "ended");

      RunResult recovered = Analysis.of(log).orElseThrow();
      System.out.printf(
          "killed %s after %d ms: at the kill %s, in the end %s%n",
          victims, after / 1_000_000, figures(held), figures(recovered));
      assertThat(cluster.files().json())
          .as("the result is the log's")
          .isEqualTo(Json.MAPPER.readTree(JsonReport.of(recovered)));
      assertThat(entries(log)).startsWith(entries(copy).toArray(LogEntry[]::new));
      assertThat(recovered.run().status()).isEqualTo(RunStatus.INTERRUPTED);
      holdsAtLeast(held.levels().getFirst(), recovered.levels().getFirst());
      assertThat(recovered.levels().getFirst().lostAgents())
          .extracting(LostAgent::agent)
          .isEqualTo(victims.contains("load") ? List.of("load") : List.of());
      assertThat(cluster.files().requests())
          .hasSize((int) recovered.levels().getFirst().metrics().requests().total());
    }
  }

  private Cluster cluster() {
    Cluster cluster = Cluster.of(folder, 1);
    try {
      String nvml = NvmlLibrary.in(folder).toString();
      cluster.startAgent("load");
      cluster.startAgent("gpu", "--role", "gpu", "--nvml", nvml);
      cluster.awaitAgents(3);
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  private static String plan(Engine engine) {
    return """
    name: killed
    backends: [{name: sim, url: "%s"}]
    request: {max_tokens: 8}
    levels: [{name: c6, concurrency: 6, duration: 10m}]
    agents: {min: 2, on_loss: continue}
    """
        .formatted(engine.url());
  }

  private static Path log(Cluster cluster) throws IOException {
    try (Stream<Path> files = Files.list(cluster.results())) {
      return files
          .filter(file -> file.toString().endsWith(RunLog.SUFFIX))
          .findFirst()
          .orElseThrow();
    }
  }

  private static List<LogEntry> entries(Path log) {
    try {
      List<LogEntry> entries = new ArrayList<>();
      RunLog.read(log, entries::add);
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void holdsAtLeast(LevelResult held, LevelResult recovered) {
    assertThat(recovered.metrics().requests().total())
        .isGreaterThanOrEqualTo(held.metrics().requests().total());
    assertThat(recovered.metrics().outputTokens())
        .isGreaterThanOrEqualTo(held.metrics().outputTokens());
    assertThat(held.gpu()).hasSize(2);
    assertThat(recovered.gpu()).hasSize(2);
    for (int gpu = 0; gpu < 2; gpu++) {
      assertThat(recovered.gpu().get(gpu).coverage().received())
          .isGreaterThanOrEqualTo(held.gpu().get(gpu).coverage().received());
      assertThat(recovered.gpu().get(gpu).summary().keySet())
          .containsAll(held.gpu().get(gpu).summary().keySet());
    }
    assertThat(pages(recovered)).isGreaterThanOrEqualTo(pages(held));
    held.engine()
        .ifPresent(
            engine ->
                assertThat(recovered.engine().orElseThrow().gauges().keySet())
                    .containsAll(engine.gauges().keySet()));
  }

  private static int pages(LevelResult level) {
    return level.engine().map(EngineReport::samples).map(List::size).orElse(0);
  }

  private static String figures(RunResult result) {
    LevelResult level = result.levels().getFirst();
    return "%d requests, %s samples of GPUs, %d of the engine"
        .formatted(
            level.metrics().requests().total(),
            level.gpu().stream().map(GpuResult::coverage).map(it -> it.received()).toList(),
            pages(level));
  }
}
