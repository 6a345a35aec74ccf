package io.streamgauge.controller.gpu;

import java.util.Arrays;
import java.util.Optional;

/** A quantity over time, linear between its points. */
final class Curve {
  private static final double SECOND = 1e9;

  private final long[] times;
  private final double[] values;

  /** {@code times} in ns, never falling. */
  Curve(long[] times, double[] values) {
    this.times = times;
    this.values = values;
  }

  int size() {
    return times.length;
  }

  /** The mean of its points; empty without one. */
  Optional<Double> mean() {
    return values.length == 0
        ? Optional.empty()
        : Optional.of(Arrays.stream(values).average().orElseThrow());
  }

  /**
   * Whether there is a point at both ends of the span or beyond, none farther off than {@code gap}.
   */
  boolean reachesOver(long from, long to, long gap) {
    int before = lastAtOrBefore(from);
    int after = firstAtOrAfter(to);
    return before >= 0 && after >= 0 && from - times[before] <= gap && times[after] - to <= gap;
  }

  /** The longest time between two neighbours, of which the span holds a part; in ns. */
  long longestGap(long from, long to) {
    long longest = 0;
    for (int i = 1; i < times.length; i++) {
      if (times[i] > from && times[i - 1] < to) {
        longest = Math.max(longest, times[i] - times[i - 1]);
      }
    }
    return longest;
  }

  /** Whether it ever falls within the span or across its ends. */
  boolean falls(long from, long to) {
    for (int i = 1; i < times.length; i++) {
      if (times[i] > from && times[i - 1] < to && values[i] < values[i - 1]) {
        return true;
      }
    }
    return false;
  }

  /** The value at a time that it reaches over. */
  double at(long time) {
    int before = lastAtOrBefore(time);
    int after = firstAtOrAfter(time);
    if (before < 0 || after < 0) {
      throw new IllegalArgumentException("time: %d is not within the curve".formatted(time));
    }
    if (times[after] == times[before]) {
      return values[before];
    }
    double part = (double) (time - times[before]) / (times[after] - times[before]);
    return values[before] + part * (values[after] - values[before]);
  }

  /** The integral over a span that it reaches over, by trapezoids; value times seconds. */
  double integral(long from, long to) {
    double sum = 0;
    long time = from;
    double value = at(from);
    for (int i = 0; i < times.length; i++) {
      if (times[i] > from && times[i] < to) {
        sum += (value + values[i]) / 2 * (times[i] - time) / SECOND;
        time = times[i];
        value = values[i];
      }
    }
    return sum + (value + at(to)) / 2 * (to - time) / SECOND;
  }

  /**
   * By how much it rises where it does, from point to point within the span: the median; else 0.
   */
  double step(long from, long to) {
    double[] rises = new double[Math.max(0, times.length - 1)];
    int n = 0;
    for (int i = 1; i < times.length; i++) {
      if (times[i] > from && times[i - 1] < to && values[i] > values[i - 1]) {
        rises[n++] = values[i] - values[i - 1];
      }
    }
    Arrays.sort(rises, 0, n);
    return n == 0 ? 0 : rises[n / 2];
  }

  private int lastAtOrBefore(long time) {
    int found = -1;
    for (int i = 0; i < times.length && times[i] <= time; i++) {
      found = i;
    }
    return found;
  }

  private int firstAtOrAfter(long time) {
    for (int i = 0; i < times.length; i++) {
      if (times[i] >= time) {
        return i;
      }
    }
    return -1;
  }
}
