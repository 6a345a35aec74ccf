package io.streamgauge.controller.report;

import java.util.regex.Pattern;

/** Cells of a CSV file (RFC 4180). */
final class Csv {
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]+");
  private static final String FORMULA_BEGINS = "=+-@";

  /**
   * A text as a cell. Servers decide some of these texts, so one that a spreadsheet would take for
   * a formula is led by an apostrophe, and line ends become blanks.
   */
  static String cell(String text) {
    return plain(text) ? text : guarded(text);
  }

  /** Nearly every cell; the rows of a busy level are written beside the load. */
  private static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~' || c == ',' || c == '"') {
        return false;
      }
    }
    return text.isEmpty() || FORMULA_BEGINS.indexOf(text.charAt(0)) < 0;
  }

  private static String guarded(String text) {
    String line = CONTROL.matcher(text).replaceAll(" ");
    boolean formula = !line.isEmpty() && FORMULA_BEGINS.indexOf(line.charAt(0)) >= 0;
    String harmless = formula ? "'" + line : line;
    return harmless.contains(",") || harmless.contains("\"")
        ? "\"" + harmless.replace("\"", "\"\"") + "\""
        : harmless;
  }

  private Csv() {}
}
