package io.streamgauge.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;

/** The median of repeated readings, between the least and the greatest. */
record Spread(double median, double least, double greatest, int count) {
  static Spread of(Collection<Double> readings) {
    double[] sorted = readings.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
  }

  /** {@code median (least..greatest)}, the median alone when it was read once. */
  String text(int decimals) {
    return count == 1
        ? rounded(median, decimals)
        : "%s (%s..%s)"
            .formatted(
                rounded(median, decimals), rounded(least, decimals), rounded(greatest, decimals));
  }

  /** Unlike a format it knows no negative zero. */
  private static String rounded(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }
}
