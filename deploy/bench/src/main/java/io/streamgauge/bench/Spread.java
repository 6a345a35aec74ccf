package io.streamgauge.bench;

import java.util.Collection;
import java.util.Locale;

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
    String form = "%." + decimals + "f";
    return count == 1
        ? String.format(Locale.ROOT, form, median)
        : String.format(
            Locale.ROOT, form + " (" + form + ".." + form + ")", median, least, greatest);
  }
}
