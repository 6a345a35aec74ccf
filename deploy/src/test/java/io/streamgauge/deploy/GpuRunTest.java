package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Whole runs whose GPUs are those of a stand-in for NVML: GPU 0 draws 300 W and has an energy
 * counter, GPU 1 draws 150 W. At two samples a second a gap of 2.5 s is none yet, however busy the
 * machine.
 */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class GpuRunTest {
  private static final Path SOURCE = Path.of("../agent/src/test/c/nvml_standin.c");

  @TempDir private Path folder;

  private Path library(String... script) {
    return NvmlLibrary.in(folder, script);
  }

  private Cli run(String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("run", "--quiet", "--output", folder.resolve("results").toString()));
    all.addAll(List.of(options));
    return Cli.run(all.toArray(String[]::new));
  }

  private ResultFiles files() {
    return new ResultFiles(folder.resolve("results"));
  }

  private static List<String> codes(JsonNode level) {
    return StreamSupport.stream(level.at("/validity/findings").spliterator(), false)
        .map(finding -> finding.get("code").textValue())
        .toList();
  }

  @Test
  void aRunShowsItsGpusInTheConsoleTheResultAndTheSummary() throws Exception {
    Path nvml = library("noenergy 1", "process 0 4000001 18000", "events 0 4");

    Cli run =
        run(
            "--nvml",
            nvml.toString(),
            "--gpu-interval",
            "500ms",
            "--duration",
            "4s",
            "--max-tokens",
            "20",
            "--verbose");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern(
            """
            === GPU METRICS \\(NVIDIA RTX 4090\\) ===
            GPU Util:       Mean: 87\\.0% \\| Max: 87\\.0%
            Memory:         Mean: 18432MB \\| Max: 18432MB / 24576MB
            Power:          Mean: 300\\.0W \\| Max: 300\\.0W
            Temperature:    Mean: \\d\\d\\.\\dC \\| Max: \\d\\d\\.0C
            """)
        .contains("=== GPU METRICS (NVIDIA RTX 3090) ===", "2 GPUs:         n/a (GPU 1: no energy");
    JsonNode level = files().json().at("/levels/0");
    JsonNode gpu = level.at("/gpu/0");
    double seconds = level.at("/metrics/duration_s").doubleValue();
    double tokens = level.at("/metrics/output_tps").doubleValue() * seconds;
    double joules = gpu.get("energy_j").doubleValue();
    assertThat(joules / (300 * seconds)).isCloseTo(1, within(0.1));
    assertThat(gpu.get("integrated_energy_j").doubleValue() / (300 * seconds))
        .isCloseTo(1, within(0.001));
    assertThat(gpu.get("energy_per_output_token_j").doubleValue())
        .isCloseTo(joules / tokens, within(1e-3));
    assertThat(gpu.get("idle_power_w").doubleValue()).isEqualTo(300);
    assertThat(gpu.get("power_reading").textValue()).isEqualTo("instant");
    assertThat(gpu.at("/coverage/received").longValue()).isPositive();
    assertThat(gpu.get("samples").size()).isEqualTo(gpu.at("/coverage/received").intValue());
    for (JsonNode sample : gpu.get("samples")) {
      assertThat(sample.get("t_ms").doubleValue()).isBetween(0.0, seconds * 1e3);
      assertThat(sample.get("power_w").doubleValue()).isEqualTo(300);
    }
    assertThat(gpu.at("/processes/0/pid").longValue()).isEqualTo(4_000_001);
    assertThat(gpu.at("/clock_events/sw_power_cap").doubleValue()).isEqualTo(1);
    assertThat(level.at("/gpu/1/energy_j").isMissingNode()).isTrue();
    assertThat(level.at("/gpu/1/unavailable/0").textValue())
        .isEqualTo("energy counter (not supported)");
    assertThat(codes(level)).contains("gpu_throttled", "gpu_shared");
    JsonNode environment = files().json().get("environment");
    assertThat(environment.at("/gpu_drivers/0/driver").textValue()).isEqualTo("570.86.10");
    assertThat(environment.at("/gpu_drivers/0/cuda").textValue()).isEqualTo("12.8");
    assertThat(environment.at("/agents/0/gpus/1/name").textValue()).isEqualTo("NVIDIA RTX 3090");
    List<String> header = List.of(files().summary().getFirst().split(","));
    String[] row = files().summary().get(1).split(",");
    assertThat(row[header.indexOf("gpus")]).isEqualTo("2");
    assertThat(row[header.indexOf("gpu_util_mean_pct")]).isEqualTo("63.500");
    assertThat(row[header.indexOf("gpu_power_max_w")]).isEqualTo("300.000");
    assertThat(row[header.indexOf("energy_j")]).as("no total without every GPU").isEmpty();
  }

  @Test
  void ofTheOneGpuThatIsWantedTheEnergyIsTheRuns() throws Exception {
    Path nvml = library();

    Cli run =
        run("--nvml", nvml.toString(), "--gpu", "1", "--gpu-interval", "500ms", "--duration", "3s");

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode level = files().json().at("/levels/0");
    double joules = level.at("/gpu_total/energy_j").doubleValue();
    assertThat(level.get("gpu")).hasSize(1);
    assertThat(level.at("/gpu/0/index").intValue()).isOne();
    assertThat(level.at("/gpu/0/coverage/interval_ms").doubleValue()).isEqualTo(500);
    assertThat(joules / (150 * level.at("/metrics/duration_s").doubleValue()))
        .isCloseTo(1, within(0.1));
    List<String> header = List.of(files().summary().getFirst().split(","));
    assertThat(Double.parseDouble(files().summary().get(1).split(",")[header.indexOf("energy_j")]))
        .isCloseTo(joules, within(1e-3));
  }

  @Test
  void aGpuThatFallsOffCostsItsEnergyAndNothingElse() throws Exception {
    Path nvml = library("lost 1 3");

    Cli run =
        run(
            "--nvml",
            nvml.toString(),
            "--gpu-interval",
            "500ms",
            "--duration",
            "4s",
            "--max-tokens",
            "20");

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode level = files().json().at("/levels/0");
    assertThat(codes(level)).contains("gpu_lost");
    assertThat(level.at("/gpu/0/energy_j").isNumber()).isTrue();
    assertThat(level.at("/gpu/1/energy_missing").textValue()).isEqualTo("the GPU was lost");
    assertThat(level.at("/gpu_total/energy_j").isMissingNode()).isTrue();
    assertThat(level.at("/metrics/requests/successful").longValue()).isPositive();
  }

  @Test
  void withoutALibraryTheRunSaysSoOnceAndGoesOn() throws Exception {
    String gone = folder.resolve("gone.so").toString();

    Cli run = run("--nvml", gone, "--requests", "4", "--max-tokens", "5");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err().lines().filter(line -> line.contains("nvml")))
        .singleElement()
        .asString()
        .startsWith("nvml: " + gone + " cannot be loaded");
    assertThat(run.out()).contains("=== RESULTS FOR sim ===").doesNotContain("GPU METRICS");
    assertThat(files().json().at("/levels/0/gpu")).isEmpty();
  }

  @Test
  void whoWantsNoGpuGetsNone() throws Exception {
    Path nvml = library();

    Cli run = run("--nvml", nvml.toString(), "--gpu", "none", "--requests", "4");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).doesNotContain("GPU METRICS");
  }

  @Test
  void aWrongChoiceIsWrongUsage() throws Exception {
    Cli run = run("--gpu", "first");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("gpu: first is not valid, expected");
  }

  @Test
  void aServerOnThisHostIsTakenToRunOnItsGpus() throws Exception {
    Path nvml = library();
    try (Engine engine =
        new Engine(
            SimulationOptions.defaults()
                .withLatency(LatencyModel.of(Duration.ofMillis(20), Duration.ofMillis(5))))) {
      Cli run = run("--nvml", nvml.toString(), "--url", engine.url(), "--duration", "3s");

      assertThat(run.exitCode()).as(run.err()).isZero();
      JsonNode level = files().json().at("/levels/0");
      assertThat(level.get("gpu")).hasSize(2);
      assertThat(codes(level)).contains("same_host").doesNotContain("gpu_host_assumed");
    }
  }

  @Test
  void theDoctorShowsTheGpusAndWhatIsWrongWithThem() throws Exception {
    Path nvml = library("noenergy 0", "denied 1");

    assertThat(Cli.run("doctor", "--nvml", nvml.toString()).out())
        .contains(
            "ok       gpu 0          NVIDIA RTX 4090, 24576 MB, driver 570.86.10, CUDA 12.8, power:"
                + " instant reading; not told: energy counter (not supported)",
            "warning  gpu            GPU 1: it cannot be opened: no permission");
  }
}
