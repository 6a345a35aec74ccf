package io.streamgauge.controller.report;

import java.util.regex.Pattern;

/** Cells of a CSV file (RFC 4180). */
public final class Csv {
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]+");

  /** As a spreadsheet reads them, some of them in their wide and small forms too. */
  private static final String FORMULA_BEGINS =
      "=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b";

  /** At a cell's beginning, or where a reader with another separator may see one. */
  private static final Pattern FORMULA =
      Pattern.compile(
          "(?<begin>^|[;,|\"])(?<blank>[\\s\\p{Z}\\p{Cf}]*)(?=["
              + FORMULA_BEGINS.replace("-", "\\-")
              + "])");

  /**
   * A text as a cell. Servers decide some of these texts, so what a spreadsheet would take for a
   * formula is led by an apostrophe, and line ends become blanks.
   */
  public static String cell(String text) {
    return plain(text) ? text : guarded(text);
  }

  /** Nearly every cell; the rows of a busy level are written beside the load. */
  private static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~' || ",;|\"".indexOf(c) >= 0) {
        return false;
      }
    }
    return text.isEmpty() || FORMULA_BEGINS.indexOf(text.charAt(0)) < 0;
  }

  private static String guarded(String text) {
    String line = CONTROL.matcher(text).replaceAll(" ");
    String harmless = FORMULA.matcher(line).replaceAll("${begin}'${blank}");
    return harmless.contains(",") || harmless.contains("\"")
        ? "\"" + harmless.replace("\"", "\"\"") + "\""
        : harmless;
  }

  private Csv() {}
}
