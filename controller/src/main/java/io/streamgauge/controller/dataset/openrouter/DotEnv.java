package io.streamgauge.controller.dataset.openrouter;

import io.streamgauge.common.PlanException;
import java.util.List;
import java.util.Optional;

/**
 * A {@code .env} file: {@code KEY=VALUE} lines, {@code #} comments, an optional {@code export}, and
 * quotes, within which {@code #} is no comment. The last line for a key counts, as in a shell.
 */
final class DotEnv {
  private static final String EXPORT = "export ";

  /** The value of one key; lines that are not its assignment are not looked at. */
  static Optional<String> value(String text, String key) {
    List<String> lines = text.lines().toList();
    for (int number = lines.size(); number >= 1; number--) {
      Optional<String> value = assigned(lines.get(number - 1), key);
      if (value.isPresent()) {
        return Optional.of(unquoted(value.get(), key, number));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> assigned(String line, String key) {
    String text = line.replace("\uFEFF", "").strip();
    String assignment = text.startsWith(EXPORT) ? text.substring(EXPORT.length()) : text;
    int equals = assignment.indexOf('=');
    return equals >= 0 && assignment.substring(0, equals).strip().equals(key)
        ? Optional.of(assignment.substring(equals + 1).strip())
        : Optional.empty();
  }

  private static String unquoted(String value, String key, int number) {
    if (value.startsWith("\"") || value.startsWith("'")) {
      int end = value.indexOf(value.charAt(0), 1);
      if (end < 0) {
        throw new PlanException(
            ".env line %d, %s: a quote without its end, expected KEY=VALUE".formatted(number, key));
      }
      return value.substring(1, end);
    }
    return value.startsWith("#") ? "" : value.split("\\s#", 2)[0].strip();
  }

  private DotEnv() {}
}
