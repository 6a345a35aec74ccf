package io.streamgauge.common.histogram;

import org.HdrHistogram.Histogram;

/** The mutable side of a {@link Distribution}: one writer, no lock, no allocation per value. */
public final class DistributionRecorder {
  private Histogram histogram = Distribution.emptyHistogram();
  private double sum;
  private double sumOfSquares;
  private long least;
  private long greatest;

  public DistributionRecorder() {
    forget();
  }

  private void forget() {
    sum = 0;
    sumOfSquares = 0;
    least = Long.MAX_VALUE;
    greatest = Long.MIN_VALUE;
  }

  /** Records one duration; a histogram throws above its range, so the bucket is clamped. */
  public void record(long nanos) {
    histogram.recordValue(Math.clamp(nanos, 0, Distribution.HIGHEST_NANOS));
    sum += nanos;
    sumOfSquares += (double) nanos * nanos;
    least = Math.min(least, nanos);
    greatest = Math.max(greatest, nanos);
  }

  public Distribution snapshot() {
    return histogram.getTotalCount() == 0
        ? Distribution.ZERO
        : new Distribution(histogram.copy(), sum, sumOfSquares, least, greatest);
  }

  /** What was recorded since the last call, without a copy. */
  public Distribution take() {
    if (histogram.getTotalCount() == 0) {
      return Distribution.ZERO;
    }
    Distribution taken = new Distribution(histogram, sum, sumOfSquares, least, greatest);
    histogram = Distribution.emptyHistogram();
    forget();
    return taken;
  }
}
