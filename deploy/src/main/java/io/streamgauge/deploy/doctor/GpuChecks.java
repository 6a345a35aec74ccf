package io.streamgauge.deploy.doctor;

import io.streamgauge.agent.gpu.GpuSettings;
import io.streamgauge.agent.gpu.nvml.Nvml;
import io.streamgauge.agent.gpu.nvml.NvmlGpu;
import io.streamgauge.agent.gpu.nvml.NvmlLoader;
import io.streamgauge.common.gpu.GpuBoard;
import java.util.ArrayList;
import java.util.List;

/** The GPUs that a run here would sample, and why it would leave some out. */
public final class GpuChecks {
  /** Opens the library as a run would; blocks. */
  public static List<Check> of(GpuSettings settings) {
    try (Nvml nvml = NvmlLoader.open(settings)) {
      List<Check> checks = new ArrayList<>();
      nvml.problems()
          .forEach(
              problem ->
                  checks.add(
                      Check.warning(
                          "gpu", problem, "runs go on without it, and without its energy")));
      nvml.gpus().stream().map(NvmlGpu::board).forEach(board -> checks.add(gpu(nvml, board)));
      return checks;
    }
  }

  private static Check gpu(Nvml nvml, GpuBoard board) {
    return Check.ok(
        "gpu " + board.gpu().index(),
        "%s%s, driver %s, CUDA %s, power: %s reading%s"
            .formatted(
                board.gpu().name(),
                board.gpu().memoryMb().map(", %d MB"::formatted).orElse(""),
                nvml.driver(),
                nvml.cuda(),
                board.power().label(),
                board.unavailable().isEmpty()
                    ? ""
                    : "; not told: " + String.join(", ", board.unavailable())));
  }

  private GpuChecks() {}
}
