package io.streamgauge.common.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Values of unknown origin as one short line of a message: no control characters, cut. */
public final class Shown {
  private static final int LIMIT = 80;

  public static String value(JsonNode value) {
    return line(value.toString());
  }

  public static String text(String text) {
    return value(TextNode.valueOf(text));
  }

  public static String line(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
    return line.codePointCount(0, line.length()) <= LIMIT
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LIMIT)) + "…";
  }

  private Shown() {}
}
