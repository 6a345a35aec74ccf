package io.streamgauge.controller.dataset;

import io.streamgauge.common.PlanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The key of OpenRouter. No text that is shown contains it, {@link #toString} included. */
public final class OpenRouterKey {
  private static final String VARIABLE = "OPENROUTER_API_KEY";
  private static final String FILE = ".env";
  private static final int SHORTEST_SECRET = 8;

  /** The value is what is in quotes, or all up to a comment. */
  private static final Pattern LINE =
      Pattern.compile(
          "(?m)^\\uFEFF?\\h*(?:export\\h+)?%s\\h*=\\h*(?:([\"'])(.*?)\\1.*|(.*?)\\h*(?:(?<=[\\h=])#.*)?)$"
              .formatted(VARIABLE));

  private final String value;

  OpenRouterKey(String value) {
    if (!value.matches("[!-~&&[^\"']]+")) {
      throw new PlanException(VARIABLE + ": not a key, expected letters without blanks or quotes");
    }
    this.value = value;
  }

  /**
   * The key in the environment, else in the directory's {@code .env}.
   *
   * @throws PlanException where neither has it
   */
  public static OpenRouterKey find(Map<String, String> environment, Path directory) {
    return Optional.ofNullable(environment.get(VARIABLE))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .or(() -> inFile(directory.resolve(FILE)))
        .map(OpenRouterKey::new)
        .orElseThrow(
            () ->
                new PlanException(
                    VARIABLE
                        + ": not set, expected an OpenRouter key in the environment or in .env"));
  }

  /** Of {@code KEY=VALUE} lines the last one for the key counts, as in a shell. */
  private static Optional<String> inFile(Path file) {
    try {
      return LINE.matcher(Files.readString(file))
          .results()
          .reduce((_, last) -> last)
          .map(OpenRouterKey::value)
          .filter(value -> !value.isEmpty());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new PlanException(
          "%s: cannot be read (%s), expected KEY=VALUE lines in UTF-8"
              .formatted(FILE, e.getClass().getSimpleName()));
    }
  }

  private static String value(MatchResult line) {
    return line.group(2) == null ? line.group(3) : line.group(2);
  }

  String header() {
    return "Bearer " + value;
  }

  /** The text with the key, should it be in there, struck out; what is shorter is no secret. */
  String redact(String text) {
    return value.length() < SHORTEST_SECRET ? text : text.replace(value, "***");
  }

  @Override
  public String toString() {
    return "OpenRouterKey[***]";
  }
}
