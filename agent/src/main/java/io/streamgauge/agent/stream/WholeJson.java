package io.streamgauge.agent.stream;

/** Tells, by its brackets alone, whether a text is one whole JSON object or array. */
public final class WholeJson {
  public static boolean is(byte[] bytes, int from, int to) {
    if (from == to || (bytes[from] != '{' && bytes[from] != '[')) {
      return false;
    }
    int depth = 0;
    boolean inText = false;
    for (int i = from; i < to; i++) {
      switch (bytes[i]) {
        case '"' -> inText = !inText;
        case '\\' -> i += inText ? 1 : 0;
        case '{', '[' -> depth += inText ? 0 : 1;
        case '}', ']' -> {
          depth -= inText ? 0 : 1;
          if (depth == 0 && !inText) {
            return isBlank(bytes, i + 1, to);
          }
        }
        default -> {}
      }
    }
    return false;
  }

  private static boolean isBlank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  private WholeJson() {}
}
