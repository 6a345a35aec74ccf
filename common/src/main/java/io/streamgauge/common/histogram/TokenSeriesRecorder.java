package io.streamgauge.common.histogram;

import java.util.Arrays;

/**
 * The mutable side of a {@link TokenSeries}: one writer, no lock; grows with the level's length.
 */
public final class TokenSeriesRecorder {
  private static final int FIRST_CAPACITY = 1_024;

  private int[] bins = new int[FIRST_CAPACITY];

  /**
   * Counts {@code tokens} that arrived at {@code nanos} from the level's start; what came before it
   * counts as if it had come with it.
   */
  public void add(long nanos, int tokens) {
    int bin = Math.toIntExact(Math.max(0, nanos) / TokenSeries.BIN_NANOS);
    if (bin >= bins.length) {
      bins = Arrays.copyOf(bins, Math.max(bin + 1, bins.length + bins.length / 2));
    }
    bins[bin] += tokens;
  }

  public TokenSeries snapshot() {
    return TokenSeries.of(bins);
  }
}
