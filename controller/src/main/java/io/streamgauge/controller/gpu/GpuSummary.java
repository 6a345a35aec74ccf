package io.streamgauge.controller.gpu;

import io.streamgauge.common.gpu.GpuQuantity;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A quantity over a level, from the samples in its window. */
public record GpuSummary(double mean, double min, double max, int samples) {
  private static final Set<GpuQuantity> NOT_SUMMED_UP =
      EnumSet.of(GpuQuantity.ENERGY, GpuQuantity.CLOCK_EVENTS);

  /** By the quantities' keys, those that the samples from {@code first} up to {@code end} have. */
  static Map<String, GpuSummary> of(GpuSeries series, int first, int end) {
    Map<String, GpuSummary> summaries = new LinkedHashMap<>();
    for (GpuQuantity quantity : EnumSet.complementOf(EnumSet.copyOf(NOT_SUMMED_UP))) {
      double sum = 0;
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      int samples = 0;
      for (int i = first; i < end; i++) {
        if (series.has(quantity, i)) {
          double value = series.value(quantity, i);
          sum += value;
          min = Math.min(min, value);
          max = Math.max(max, value);
          samples++;
        }
      }
      if (samples > 0) {
        summaries.put(
            quantity.key(),
            new GpuSummary(Rounded.of(sum / samples), Rounded.of(min), Rounded.of(max), samples));
      }
    }
    return summaries;
  }
}
