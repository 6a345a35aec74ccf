package io.streamgauge.common.gpu;

/** That a GPU fell away, at a moment in ns as {@link GpuSample#at}; it is not sampled any more. */
public record GpuLoss(int gpu, long at, String reason) {
  GpuLoss earlier(long by) {
    return new GpuLoss(gpu, at - by, reason);
  }
}
