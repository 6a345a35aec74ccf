package io.streamgauge.agent.cli;

import io.streamgauge.agent.gpu.GpuChoice;
import io.streamgauge.agent.gpu.GpuSettings;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How this host's GPUs are sampled, as options. */
public final class GpuOptions {
  @Option(
      names = "--nvml",
      paramLabel = "PATH",
      description = "The NVML library. Default: libnvidia-ml.so.1, found by the system's loader.")
  private @Nullable Path nvml;

  @Option(
      names = "--gpu",
      paramLabel = "LIST|none",
      description = "The GPUs to sample, by index or UUID; all; none. Default: all.")
  private String gpu = "all";

  @Option(
      names = "--gpu-interval",
      paramLabel = "TIME",
      description = "Between two samples of a GPU. Default: 100ms.")
  private String interval = "100ms";

  /** Whether a library or a choice of GPUs was asked for. */
  boolean given() {
    return nvml != null || !gpu.equals("all");
  }

  /**
   * What they ask for.
   *
   * @throws PlanException when one of them is wrong
   */
  public GpuSettings settings() {
    return new GpuSettings(
        Optional.ofNullable(nvml), GpuChoice.parse(gpu), Durations.parse("gpu-interval", interval));
  }
}
