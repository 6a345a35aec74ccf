package io.streamgauge.common.gpu;

import java.util.List;

/** Who computed on a GPU at a moment, in ns as {@link GpuSample#at}. */
public record GpuTenants(int gpu, long at, List<GpuProcess> processes) {
  public GpuTenants {
    processes = List.copyOf(processes);
  }

  GpuTenants earlier(long by) {
    return new GpuTenants(gpu, at - by, processes);
  }
}
