package io.streamgauge.controller.report.console;

import java.util.List;

/** Rows of a table as lines: names to the left, numbers to the right. */
public final class Columns {
  /** {@code names} is how many columns in front are no numbers. */
  public static List<String> of(List<List<String>> rows, int names) {
    int[] widths = new int[rows.getFirst().size()];
    rows.forEach(
        row -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    return rows.stream().map(row -> line(row, widths, names)).toList();
  }

  private static String line(List<String> row, int[] widths, int names) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String pad = " ".repeat(widths[i] - row.get(i).length());
      line.append(i == 0 ? "" : "  ").append(i < names ? row.get(i) + pad : pad + row.get(i));
    }
    return line.toString().stripTrailing();
  }

  private Columns() {}
}
