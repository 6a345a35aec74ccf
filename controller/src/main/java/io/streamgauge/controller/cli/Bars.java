package io.streamgauge.controller.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A small histogram for a terminal: a line a bar, the longest of the same length always. */
final class Bars {
  private static final int WIDTH = 40;

  /** A bar with what stands between its label and itself. */
  record Bar(String label, String value, long count) {}

  /** The share of {@code count} in all. */
  static String share(long count, long all) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * count / Math.max(1, all));
  }

  static List<String> of(List<Bar> bars) {
    long most = Math.max(1, bars.stream().mapToLong(Bar::count).max().orElse(1));
    int label = width(bars, Bar::label);
    int value = width(bars, Bar::value);
    return bars.stream()
        .map(
            bar ->
                "  %s  %s  %s"
                    .formatted(
                        right(bar.label(), label),
                        right(bar.value(), value),
                        "#".repeat((int) Math.ceil((double) bar.count() * WIDTH / most)))
                    .stripTrailing())
        .toList();
  }

  private static int width(List<Bar> bars, Function<Bar, String> part) {
    return bars.stream().map(part).mapToInt(String::length).max().orElse(0);
  }

  private static String right(String text, int width) {
    return " ".repeat(width - text.length()) + text;
  }

  private Bars() {}
}
