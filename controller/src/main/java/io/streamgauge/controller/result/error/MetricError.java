package io.streamgauge.controller.result.error;

import io.streamgauge.controller.result.window.Rates;

/**
 * Whether a metric is that of the server, as far as the client can spoil it.
 *
 * @param valid whether its error is within the limit, as far as there are values enough to tell
 * @param errorMs how much the client may have added at p99, in ms, or, of too few values, at most
 * @param limitMs how much it may add
 */
public record MetricError(boolean valid, double errorMs, double limitMs) {

  /** {@code certain} is that part of the error of which there are values enough. */
  static MetricError of(double error, double certain, double limit) {
    double rounded = Rates.round(limit);
    return new MetricError(Rates.round(certain) <= rounded, Rates.round(error), rounded);
  }

  /** Whether the error may be beyond the limit. */
  public boolean doubtful() {
    return errorMs > limitMs;
  }

  /** The error as a multiple of the limit. */
  double excess() {
    return errorMs / limitMs;
  }
}
