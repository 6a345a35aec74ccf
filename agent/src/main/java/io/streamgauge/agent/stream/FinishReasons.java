package io.streamgauge.agent.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The reasons that servers give for the end of an answer, each one string to compare by identity.
 */
public final class FinishReasons {
  public static final String STOP = "stop";
  public static final String LENGTH = "length";
  public static final String TOOL_CALLS = "tool_calls";
  public static final String CONTENT_FILTER = "content_filter";
  public static final String ABORT = "abort";

  private static final int LONGEST = 64;
  private static final String[] KNOWN = {STOP, LENGTH, TOOL_CALLS, CONTENT_FILTER, ABORT};
  private static final byte[][] BYTES =
      Arrays.stream(KNOWN)
          .map(reason -> reason.getBytes(StandardCharsets.UTF_8))
          .toArray(byte[][]::new);

  /** The constant that these bytes spell, or null. */
  static @Nullable String known(byte[] bytes, int from, int to) {
    for (int i = 0; i < BYTES.length; i++) {
      if (Arrays.equals(bytes, from, to, BYTES[i], 0, BYTES[i].length)) {
        return KNOWN[i];
      }
    }
    return null;
  }

  /** The constant that equals the text, else the text, cut when long; null for an empty one. */
  static @Nullable String of(String text) {
    for (String reason : KNOWN) {
      if (reason.equals(text)) {
        return reason;
      }
    }
    return text.isEmpty() ? null : OneLine.of(text, LONGEST);
  }

  private FinishReasons() {}
}
