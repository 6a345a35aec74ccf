package io.streamgauge.deploy.docs;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A table in Markdown, row by row. */
final class Table {
  private final StringBuilder text = new StringBuilder();

  Table(String... columns) {
    row(columns);
    row(Arrays.stream(columns).map(column -> "---").toArray(String[]::new));
  }

  Table row(String... cells) {
    text.append(
        Arrays.stream(cells)
            .map(cell -> cell.strip().replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |\n")));
    return this;
  }

  static String code(String text) {
    return "`" + text + "`";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
