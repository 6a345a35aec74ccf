package io.streamgauge.deploy.cli;

import java.util.regex.Pattern;

/**
 * Text for a terminal. Servers and files decide some of it, so nothing in it may move the cursor,
 * ring a bell or turn the direction of writing.
 */
public final class Printable {
  private static final String DIRECTION = "\\u202a-\\u202e\\u2066-\\u2069";
  private static final Pattern IN_LINE =
      Pattern.compile("[\\p{Cc}\\u0080-\\u009f\\u2028\\u2029" + DIRECTION + "]+");
  private static final Pattern IN_BLOCK =
      Pattern.compile("[[\\p{Cc}\\u0080-\\u009f\\u2028\\u2029" + DIRECTION + "]&&[^\\n]]+");

  /** One line: whatever does not print becomes a blank. */
  public static String line(String text) {
    return IN_LINE.matcher(text).replaceAll(" ");
  }

  /** Several lines, which stay lines. */
  static String block(String text) {
    return IN_BLOCK.matcher(text).replaceAll(" ");
  }

  private Printable() {}
}
