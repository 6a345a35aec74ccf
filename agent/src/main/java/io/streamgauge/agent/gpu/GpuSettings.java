package io.streamgauge.agent.gpu;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How this host's GPUs are sampled.
 *
 * @param library the NVML library; else the system's loader finds it
 * @param interval between two samples of a GPU
 */
public record GpuSettings(Optional<Path> library, GpuChoice gpus, Duration interval) {
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** All GPUs, ten times a second. */
  public static final GpuSettings DEFAULT =
      new GpuSettings(Optional.empty(), new GpuChoice.All(), Duration.ofMillis(100));

  public GpuSettings {
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new PlanException(
          "gpu-interval", Durations.format(interval), "a duration from 10ms to 10s");
    }
  }
}
