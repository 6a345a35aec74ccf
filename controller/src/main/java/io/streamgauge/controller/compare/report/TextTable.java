package io.streamgauge.controller.compare.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of cells for a terminal: the first column to the left, the last one as it is. */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  void row(String... cells) {
    rows.add(List.of(cells));
  }

  List<String> lines() {
    int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
    rows.forEach(
        row ->
            Arrays.setAll(
                widths, i -> Math.max(widths[i], i < row.size() ? row.get(i).length() : 0)));
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String pad = " ".repeat(widths[i] - row.get(i).length());
      boolean left = i == 0 || i == widths.length - 1;
      line.append(i == 0 ? "" : "  ").append(left ? row.get(i) + pad : pad + row.get(i));
    }
    return line.toString().stripTrailing();
  }
}
