package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Holds times against the engine's own, so no other test may take the processors meanwhile. */
@Isolated
class TrueTimesTest {
  @TempDir private Path directory;

  @Test
  void theNumbersAreThoseOfTheEnginesOwnLog() {
    ResultFiles files = new ResultFiles(directory);
    SimulationOptions exact =
        SimulationOptions.defaults()
            .withSlots(0)
            .withLatency(LatencyModel.of(Duration.ofMillis(80), Duration.ofMillis(10)));
    try (Engine engine = new Engine(exact)) {
      Cli cli =
          Cli.run(
              "run",
              "--quiet",
              "--output",
              directory.toString(),
              "--url",
              engine.url(),
              "--requests",
              "60",
              "--concurrency",
              "10",
              "--max-tokens",
              "64",
              "--ignore-eos",
              "--warmup",
              "10");
      assertThat(cli.exitCode()).as(cli.err()).isZero();
      JsonNode metrics = files.json().at("/levels/0/metrics");
      Map<String, Engine.Served> log = engine.log();
      List<Engine.Served> measured =
          files.requests().stream().map(row -> log.get(row.get("request_id"))).toList();

      assertThat(measured).hasSize(60).doesNotContainNull();
      assertThat(log).hasSize(70);
      assertThat(metrics.at("/requests/successful").intValue()).isEqualTo(60);
      assertThat(metrics.get("output_tokens").longValue())
          .isEqualTo(measured.stream().mapToLong(Engine.Served::tokens).sum())
          .isEqualTo(60 * 64);
      assertThat(metrics.get("chunks").longValue()).isEqualTo(60 * 64);
      double seconds = metrics.get("duration_s").doubleValue();
      assertThat(metrics.get("output_tps").doubleValue())
          .isCloseTo(60 * 64 / seconds, within(0.01));
      double served = median(measured.stream().mapToDouble(s -> (s.first() - s.recv()) / 1e6));
      double gap =
          median(
              measured.stream()
                  .flatMapToDouble(
                      s ->
                          IntStream.range(1, s.times().length)
                              .mapToDouble(i -> (s.times()[i] - s.times()[i - 1]) / 1e6)));
      assertThat(metrics.at("/ttft_ms/p50").doubleValue())
          .isGreaterThanOrEqualTo(80)
          .isCloseTo(served, within(0.05 * served));
      assertThat(metrics.at("/itl_ms/p50").doubleValue()).isCloseTo(gap, within(0.05 * gap));
      assertThat(metrics.at("/itl_ms/count").longValue()).isEqualTo(60 * 63);
    }
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
