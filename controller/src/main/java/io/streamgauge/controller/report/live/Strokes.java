package io.streamgauge.controller.report.live;

import java.util.List;
import java.util.stream.Collectors;

/** Small pictures of characters. */
final class Strokes {
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉█";
  private static final String HEIGHTS = "▁▂▃▄▅▆▇█";

  /** A bar of so many cells; without Unicode it is of hashes. */
  static String bar(double share, int cells, boolean unicode) {
    if (!unicode) {
      int full = (int) (share * cells);
      return "[" + "#".repeat(full) + "-".repeat(cells - full) + "]";
    }
    int eighths = (int) (share * cells * 8);
    String full = "█".repeat(eighths / 8);
    String rest = eighths / 8 == cells ? "" : String.valueOf(EIGHTHS.charAt(eighths % 8));
    return "▕" + (full + rest + " ".repeat(cells)).substring(0, cells) + "▏";
  }

  /** The last values, from zero to the greatest of them. */
  static String line(List<Double> values, int cells) {
    List<Double> shown = values.subList(Math.max(0, values.size() - cells), values.size());
    double greatest = shown.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    return shown.stream()
        .map(value -> greatest == 0 ? 0 : (int) Math.round(value / greatest * 7))
        .map(height -> String.valueOf(HEIGHTS.charAt(height)))
        .collect(Collectors.joining());
  }

  private Strokes() {}
}
