package io.streamgauge.controller.stats;

/** Count, mean and variance of numbers as they come, by Welford's updating. */
public final class Moments {
  private long count;
  private double mean;
  private double squares;

  public void add(double value) {
    count++;
    double off = value - mean;
    mean += off / count;
    squares += off * (value - mean);
  }

  /** Adds all that {@code other} has seen (Chan's parallel form). */
  public void addAll(Moments other) {
    if (other.count == 0) {
      return;
    }
    long both = count + other.count;
    double off = other.mean - mean;
    squares += other.squares + off * off * count * other.count / both;
    mean += off * other.count / both;
    count = both;
  }

  public long count() {
    return count;
  }

  /** 0 without a value. */
  public double mean() {
    return mean;
  }

  /** Of the sample, by n - 1; 0 below two values. */
  public double variance() {
    return count < 2 ? 0 : squares / (count - 1);
  }

  /** How far off the mean of as many independent values is likely to be; 0 below two values. */
  public double errorOfMean() {
    return count < 2 ? 0 : Math.sqrt(variance() / count);
  }
}
