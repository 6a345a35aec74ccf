package io.streamgauge.controller.gpu;

import java.time.Duration;

/**
 * How many samples of a window there are.
 *
 * @param share of those expected; 1 is all
 */
public record GpuCoverage(double intervalMs, long expected, long received, double share) {
  static GpuCoverage of(Duration interval, double seconds, long received) {
    double intervalMs = interval.toNanos() / 1e6;
    long expected = (long) Math.floor(seconds * 1e3 / intervalMs);
    return new GpuCoverage(
        intervalMs,
        expected,
        received,
        expected == 0
            ? (received > 0 ? 1 : 0)
            : Math.min(1, Rounded.of((double) received / expected)));
  }
}
