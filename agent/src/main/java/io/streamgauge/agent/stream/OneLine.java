package io.streamgauge.agent.stream;

/** Makes a text of unknown origin fit for a line of a log or a cell of a table. */
public final class OneLine {
  /**
   * Every run of blanks, line ends, control and formatting characters becomes one blank; what is
   * longer than {@code longest} characters is cut and ends in an ellipsis.
   */
  public static String of(String text, int longest) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), longest + 1));
    boolean blank = false;
    for (int at = 0; at < text.length() && line.length() <= longest; ) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      if (isBlank(point)) {
        blank = !line.isEmpty();
        continue;
      }
      if (blank) {
        line.append(' ');
        blank = false;
      }
      line.appendCodePoint(point);
    }
    return line.length() <= longest ? line.toString() : cut(line, longest);
  }

  private static String cut(StringBuilder line, int longest) {
    int end = longest - 1;
    if (Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end).stripTrailing() + "…";
  }

  private static boolean isBlank(int point) {
    return Character.isWhitespace(point)
        || Character.isSpaceChar(point)
        || Character.isISOControl(point)
        || Character.getType(point) == Character.FORMAT
        || Character.getType(point) == Character.SURROGATE;
  }

  private OneLine() {}
}
