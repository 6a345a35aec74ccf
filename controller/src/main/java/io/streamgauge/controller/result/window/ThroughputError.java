package io.streamgauge.controller.result.window;

import io.streamgauge.common.histogram.TokenSeries;
import io.streamgauge.common.measure.Window;
import io.streamgauge.controller.stats.Moments;
import java.util.Optional;

/**
 * How far off a level's throughput is likely to be: the standard error of the mean of ten equal
 * parts of its window (batch means), which are long enough to be nearly independent.
 */
public final class ThroughputError {
  private static final int PARTS = 10;

  /** Tokens per second; absent where the window is shorter than a second. */
  public static Optional<Double> of(TokenSeries tokens, Window window) {
    if (window.seconds() < 1) {
      return Optional.empty();
    }
    Moments parts = new Moments();
    for (int part = 0; part < PARTS; part++) {
      long from = edge(window, part);
      long to = edge(window, part + 1);
      parts.add(tokens.within(from, to) * 1e9 / (to - from));
    }
    return Optional.of(Rates.round(parts.errorOfMean()));
  }

  /** At whole bins, because tokens are counted by them. */
  private static long edge(Window window, int part) {
    long at = window.from() + (window.to() - window.from()) * part / PARTS;
    return at / TokenSeries.BIN_NANOS * TokenSeries.BIN_NANOS;
  }

  private ThroughputError() {}
}
