package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The work of a plan and its result do not depend on how many agents share it. */
@Execution(ExecutionMode.CONCURRENT)
class SplitTest {
  private static final int[] FLEETS = {1, 2, 3, 8};

  /** Three decimal digits of the histograms. */
  private static final double RESOLUTION = 0.001;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"--concurrency, 16", "--rate, 200"})
  void everyFleetSendsTheSameRequestsEachOnce(String law, String value) {
    try (Engine engine = engine()) {
      Set<String> hashes = new HashSet<>();
      Set<List<String>> works = new HashSet<>();
      for (int agents : FLEETS) {
        ResultFiles files = run(engine, agents, law, value, "96");
        hashes.add(files.json().at("/levels/0/validity/workload").textValue());
        List<String> prompts = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Map<String, String> request : files.requests()) {
          prompts.add(request.get("prompt_id"));
          ids.add(request.get("request_id"));
        }
        assertThat(ids).hasSize(96);
        prompts.sort(null);
        works.add(prompts);
      }
      assertThat(hashes).hasSize(1);
      assertThat(works).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"ttft", "e2e"})
  void theResultOfEightAgentsIsThatOfAllTheirRecords(String metric) {
    try (Engine engine = engine()) {
      ResultFiles files = run(engine, 8, "--concurrency", "16", "1600");
      double[] values =
          files.requests().stream()
              .mapToDouble(request -> Double.parseDouble(request.get(metric + "_ms")))
              .sorted()
              .toArray();
      JsonNode merged = files.json().at("/levels/0/metrics/" + metric + "_ms");

      assertThat(values).hasSize(1600);
      assertThat(merged.get("count").intValue()).isEqualTo(1600);
      assertThat(files.json().at("/levels/0/metrics/requests/successful").intValue())
          .isEqualTo(1600);
      for (int percent : new int[] {50, 90, 99}) {
        double exact = values[(int) Math.ceil(values.length * percent / 100.0) - 1];
        assertThat(merged.get("p" + percent).doubleValue())
            .as("%s p%d of %s", metric, percent, Arrays.toString(values))
            .isCloseTo(exact, within(exact * RESOLUTION + RESOLUTION));
      }
      assertThat(merged.get("mean").doubleValue())
          .isCloseTo(
              Arrays.stream(values).average().orElseThrow(),
              within(merged.get("mean").doubleValue() * RESOLUTION));
    }
  }

  private ResultFiles run(Engine engine, int agents, String law, String value, String requests) {
    Path output = folder.resolve(law.substring(2) + agents + "-" + requests);
    Cli.run(
        "run",
        "--url",
        engine.url(),
        "--agents",
        Integer.toString(agents),
        law,
        value,
        "--requests",
        requests,
        "--max-tokens",
        "4",
        "--output",
        output.toString());
    return new ResultFiles(output);
  }

  private static Engine engine() {
    return new Engine(
        SimulationOptions.defaults()
            .withLatency(LatencyModel.of(Duration.ofMillis(10), Duration.ofMillis(2))));
  }
}
