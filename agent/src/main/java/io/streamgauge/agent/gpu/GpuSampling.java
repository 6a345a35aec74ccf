package io.streamgauge.agent.gpu;

import io.streamgauge.agent.gpu.nvml.GpuLostException;
import io.streamgauge.agent.gpu.nvml.Nvml;
import io.streamgauge.agent.gpu.nvml.NvmlGpu;
import io.streamgauge.agent.gpu.nvml.NvmlLoader;
import io.streamgauge.common.gpu.GpuHost;
import io.streamgauge.common.gpu.GpuInfo;
import io.streamgauge.common.gpu.GpuQuantity;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** The GPUs that an agent may sample, and how often. */
public record GpuSampling(Nvml nvml, Duration interval) {
  /** No GPU. */
  public static GpuSampling none() {
    return new GpuSampling(Nvml.none(), GpuSettings.DEFAULT.interval());
  }

  /** Opens the library as the user wants it; blocks. */
  public static GpuSampling open(GpuSettings settings) {
    return new GpuSampling(NvmlLoader.open(settings), settings.interval());
  }

  public List<GpuInfo> gpus() {
    return nvml.gpus().stream().map(gpu -> gpu.board().gpu()).toList();
  }

  /** Bytes of memory in use over all GPUs; empty where not every one of them can tell. Blocks. */
  public OptionalLong usedBytes() {
    try {
      long used = 0;
      for (NvmlGpu gpu : nvml.gpus()) {
        Long bytes = gpu.read().get(GpuQuantity.MEMORY);
        if (bytes == null) {
          return OptionalLong.empty();
        }
        used += bytes;
      }
      return nvml.gpus().isEmpty() ? OptionalLong.empty() : OptionalLong.of(used);
    } catch (GpuLostException _) {
      return OptionalLong.empty();
    }
  }

  public GpuHost host() {
    return new GpuHost(
        nvml.driver(), nvml.cuda(), interval, nvml.gpus().stream().map(NvmlGpu::board).toList());
  }
}
