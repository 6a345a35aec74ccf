package io.streamgauge.agent.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Events that say nothing but that the stream is still alive. */
public final class KeepAlives {
  private static final Pattern WORD =
      Pattern.compile("\\W*(ping|pong|keep[-_ ]?alive|heart[-_ ]?beat|hb|noop|no-op)\\W*");
  private static final Pattern SCALAR =
      Pattern.compile("null|none|undefined|nan|ok|true|false|-?[0-9.]+");
  private static final Set<String> STATES =
      Set.of("queued", "queueing", "pending", "processing", "loading", "waiting", "in_progress");

  /** A word that an event is called by, or its whole text. */
  static boolean isWord(String word) {
    return WORD.matcher(word.toLowerCase(Locale.ROOT)).matches();
  }

  /** A text: nothing, a comment in the wrong place, a word, a number. */
  public static boolean isText(String text) {
    String words = text.strip().toLowerCase(Locale.ROOT);
    return words.isEmpty()
        || words.startsWith(":")
        || isWord(words)
        || STATES.contains(words)
        || SCALAR.matcher(words).matches();
  }

  /** A JSON value that bears nothing by its form. */
  public static boolean isValue(JsonNode value) {
    if (value.isTextual()) {
      return isText(value.textValue());
    }
    if (!value.isObject()) {
      return value.isEmpty(); // scalars as well as the empty array
    }
    return value.isEmpty()
        || isWord(value.path("type").asText())
        || isWord(value.path("event").asText())
        || STATES.contains(value.path("status").asText().toLowerCase(Locale.ROOT))
        || isWord(value.fieldNames().next());
  }

  private KeepAlives() {}
}
