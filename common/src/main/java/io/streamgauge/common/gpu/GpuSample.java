package io.streamgauge.common.gpu;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * One look at a GPU.
 *
 * @param gpu its index
 * @param at when, in ns from the origin that whoever carries it names
 * @param values what it told, raw as NVML gives it
 */
public record GpuSample(int gpu, long at, Map<GpuQuantity, Long> values) {
  public GpuSample {
    Map<GpuQuantity, Long> copy = new EnumMap<>(GpuQuantity.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
  }

  /** The same, by a clock that shows {@code by} ns less. */
  GpuSample earlier(long by) {
    return new GpuSample(gpu, at - by, values);
  }
}
