package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.streamgauge.agent.sim.reply.Fault;
import io.streamgauge.agent.sim.reply.Faults;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.controller.result.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealResultTest {
  @TempDir private Path directory;

  @Test
  void aRealResultWithFailuresObjectivesAndHeadersFitsTheSchemaAndHidesTheHeaders()
      throws IOException {
    try (Engine engine =
        new Engine(
            SimulationOptions.defaults()
                .withLatency(LatencyModel.of(Duration.ofMillis(5), Duration.ofMillis(1)))
                .withFaults(new Faults(0.3, List.of(Fault.HTTP_500, Fault.CUT))))) {
      Cli.run(
          "run",
          "--quiet",
          "--output",
          directory.toString(),
          "--url",
          engine.url(),
          "--rate",
          "100",
          "--arrival",
          "gamma:0.5",
          "--requests",
          "30",
          "--max-concurrency",
          "4",
          "--max-tokens",
          "8",
          "--slo",
          "ttft_p99=1s",
          "--header",
          "X-Secret: do-not-show",
          "--agents",
          "2");
    }
    ResultFiles files = new ResultFiles(directory);

    assertThat(schema().validate(files.json())).isEmpty();
    assertThat(files.json().toString()).doesNotContain("do-not-show").contains("X-Secret");
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream in =
        RunResult.class.getResourceAsStream("/io/streamgauge/result.schema.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
    }
  }
}
