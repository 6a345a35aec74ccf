package io.streamgauge.agent.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a body begins as an event stream does. */
public enum StreamStart {
  STREAM,
  OTHER,
  UNDECIDED;

  private static final List<String> BEGINNINGS =
      List.of(":", "data:", "event:", "id:", "retry:", "error:");
  private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";
  private static final int ENOUGH = 64;

  /** Whether a response with this {@code Content-Type} is an event stream by its own word. */
  public static boolean isNamedBy(@Nullable String contentType) {
    return contentType != null
        && contentType
            .split(";", 2)[0]
            .strip()
            .toLowerCase(Locale.ROOT)
            .equals("text/event-stream");
  }

  public static StreamStart of(byte[] seen) {
    String text = new String(seen, 0, Math.min(seen.length, ENOUGH), ISO_8859_1);
    String start =
        text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
    String word = start.stripLeading();
    if (BEGINNINGS.stream().anyMatch(word::startsWith)) {
      return STREAM;
    }
    boolean open =
        BYTE_ORDER_MARK.startsWith(text)
            || BEGINNINGS.stream().anyMatch(beginning -> beginning.startsWith(word));
    return open && seen.length < ENOUGH ? UNDECIDED : OTHER;
  }
}
