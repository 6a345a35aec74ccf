package io.streamgauge.common.gpu;

import io.streamgauge.common.BusName;
import java.util.Optional;

/**
 * Which GPU it is.
 *
 * @param index as NVML numbers the GPUs of the host
 * @param uuid the same on every host and after every restart
 * @param memoryMb its memory in MB of 2^20 bytes, where it tells
 */
public record GpuInfo(int index, String uuid, String name, Optional<Long> memoryMb) {
  public GpuInfo {
    if (index < 0) {
      throw new IllegalArgumentException(
          "index: %d is not valid, expected 0 or more".formatted(index));
    }
    BusName.checkWords("gpu.uuid", uuid);
    BusName.checkWords("gpu.name", name);
  }
}
