package io.streamgauge.controller.report;

/** Cells of a CSV file (RFC 4180). */
final class Csv {
  /**
   * A text as a cell. Servers decide some of these texts, so one that a spreadsheet would take for
   * a formula is led by an apostrophe, and line ends become blanks.
   */
  static String cell(String text) {
    String line = text.replaceAll("[\\r\\n\\t\\x00-\\x1f]+", " ");
    String harmless = line.matches("(?s)^[=+\\-@].*") ? "'" + line : line;
    return harmless.contains(",") || harmless.contains("\"")
        ? "\"" + harmless.replace("\"", "\"\"") + "\""
        : harmless;
  }

  private Csv() {}
}
