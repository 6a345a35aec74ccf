package io.streamgauge.agent.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.stream.http.ErrorBody;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of an event stream that are no fields of one, and what they say. */
public final class StrayLines {
  /** What one line says. */
  public sealed interface Line {}

  /** An error, in the server's words. */
  public record Failed(String words) implements Line {}

  /** One whole JSON value. */
  public record Value() implements Line {}

  /** Text, which may be a part of more. */
  public record Text() implements Line {}

  private static final int MOST = 1 << 16;
  private static final Pattern FIELD = Pattern.compile("([\\w.-]{1,40}):(.*)", Pattern.DOTALL);

  private final StringBuilder text = new StringBuilder();

  /** Takes a line, and keeps it if it is text. */
  public Line take(byte[] line, int offset, int length) {
    if (WholeJson.is(line, offset, offset + length)) {
      return new Value();
    }
    String words = new String(line, offset, Math.min(length, MOST), UTF_8);
    Matcher field = FIELD.matcher(words);
    if (field.matches() && ErrorSigns.inField(field.group(1))) {
      return new Failed(
          field.group(2).isBlank()
              ? "a field named " + field.group(1)
              : ErrorBody.of(field.group(2).strip().getBytes(UTF_8)).message());
    }
    if (text.length() + words.length() < MOST) {
      text.append(words).append('\n');
    }
    return new Text();
  }

  /** The lines that were text; empty where there was none. */
  public String text() {
    return text.toString();
  }
}
