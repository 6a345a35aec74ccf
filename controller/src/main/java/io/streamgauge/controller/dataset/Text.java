package io.streamgauge.controller.dataset;

/** Texts of unknown origin, made fit for one line of a terminal. */
public final class Text {
  /** The text without line breaks and other control characters, cut to so many characters. */
  public static String line(String text, int characters) {
    return cut(text.strip().replaceAll("[\\s\\p{Cntrl}\\u0085\\u2028\\u2029]+", " "), characters);
  }

  public static String cut(String text, int characters) {
    return text.codePointCount(0, text.length()) <= characters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, characters)) + "…";
  }

  private Text() {}
}
