package io.streamgauge.common.gpu;

import java.time.Duration;
import java.util.List;

/**
 * The sampled GPUs of an agent's host.
 *
 * @param driver the driver's version
 * @param cuda the newest CUDA version that the driver supports
 * @param interval between two samples of a GPU
 */
public record GpuHost(String driver, String cuda, Duration interval, List<GpuBoard> boards) {
  public GpuHost {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException(
          "interval: %s is not valid, expected a positive duration".formatted(interval));
    }
    boards = List.copyOf(boards);
  }
}
