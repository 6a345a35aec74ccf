package io.streamgauge.controller.result.error;

import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.SampleFloor;
import java.util.Locale;

/**
 * How great an error gets: its 99th percentile, or, of too few values for one, the greatest.
 *
 * @param millis in ms
 * @param certainMillis that part of it of which there are values enough to tell
 * @param values of how many, those without an error included
 */
public record Tail(double millis, double certainMillis, long values) {
  static final Tail NONE = new Tail(0, 0, 0);
  private static final double BEYOND = 0.01;

  static Tail of(Distribution errors) {
    return among(errors, errors.count(), 1);
  }

  /**
   * Of so many values, of which each of {@code errors} spoils {@code each} and the others have
   * none.
   */
  static Tail among(Distribution errors, long all, int each) {
    long spoilt = errors.count() * each;
    long values = Math.max(all, spoilt);
    if (values < SampleFloor.of(1 - BEYOND)) {
      return new Tail(errors.maxMillis().orElse(0), 0, values);
    }
    double beyond = BEYOND * ((double) values / spoilt);
    double millis = beyond >= 1 ? 0 : errors.quantileMillis(1 - beyond).orElse(0);
    return new Tail(millis, millis, values);
  }

  /** Of a sum of both errors. */
  Tail plus(Tail other) {
    return new Tail(
        millis + other.millis, certainMillis + other.certainMillis, Math.min(values, other.values));
  }

  /** Of a difference of both errors, of which none is below 0. */
  Tail less(Tail other) {
    return new Tail(
        Math.max(millis, other.millis),
        Math.max(certainMillis, other.certainMillis),
        Math.min(values, other.values));
  }

  Tail over(double parts) {
    return new Tail(millis / parts, certainMillis / parts, values);
  }

  public String text() {
    return values >= SampleFloor.of(1 - BEYOND)
        ? String.format(Locale.ROOT, "%.2f ms at p99", millis)
        : String.format(Locale.ROOT, "up to %.2f ms (max of %d)", millis, values);
  }
}
