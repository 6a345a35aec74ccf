package io.streamgauge.agent.stream.delta;

import io.streamgauge.agent.stream.OneLine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
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

  /** What some servers write with each chunk of an answer that goes on. */
  private static final Set<String> NO_END =
      Set.of("", "null", "none", "nil", "undefined", "in_progress", "not_finished", "unspecified");

  /** Servers end an answer for these reasons when they cannot go on with it. */
  private static final Pattern FAILURE =
      Pattern.compile(
          "error|abort|cancel|fail|time_?d?_?out|overload|\\bshed|load_shed|insufficient|interrupt"
              + "|unavailable|exception|crash|disconnect|evict|preempt|kill|malformed|reject|fatal"
              + "|panic|lost|out_?of_?memory");

  /** The constant that these bytes spell, or null. */
  public static @Nullable String known(byte[] bytes, int from, int to) {
    for (int i = 0; i < BYTES.length; i++) {
      if (Arrays.equals(bytes, from, to, BYTES[i], 0, BYTES[i].length)) {
        return KNOWN[i];
      }
    }
    return null;
  }

  /** The constant that equals the text, else the text, cut when long; null where it is no end. */
  static @Nullable String of(String text) {
    for (String reason : KNOWN) {
      if (reason.equals(text)) {
        return reason;
      }
    }
    return NO_END.contains(text.strip().toLowerCase(Locale.ROOT))
        ? null
        : OneLine.of(text, LONGEST);
  }

  /** Whether the answer ended because its server could not go on. */
  public static boolean isFailure(String reason) {
    return FAILURE.matcher(reason.toLowerCase(Locale.ROOT)).find();
  }

  private FinishReasons() {}
}
