package io.streamgauge.common.histogram;

import org.HdrHistogram.Histogram;

/** The mutable side of a {@link Distribution}: one writer, no lock, no allocation per value. */
public final class DistributionRecorder {
  private final Histogram histogram = Distribution.emptyHistogram();
  private double sum;
  private double sumOfSquares;
  private long least = Long.MAX_VALUE;
  private long greatest = Long.MIN_VALUE;

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
}
