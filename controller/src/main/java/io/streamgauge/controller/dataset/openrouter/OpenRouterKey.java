package io.streamgauge.controller.dataset.openrouter;

import io.streamgauge.common.PlanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The key of OpenRouter. No text that is shown contains it, {@link #toString} included. */
public final class OpenRouterKey {
  public static final String VARIABLE = "OPENROUTER_API_KEY";
  private static final String FILE = ".env";
  private static final int SHORTEST_SECRET = 8;

  private final String value;

  public OpenRouterKey(String value) {
    if (value.isEmpty() || !value.chars().allMatch(letter -> letter > ' ' && letter < 127)) {
      throw new PlanException(VARIABLE + ": not a key, expected letters without blanks");
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

  private static Optional<String> inFile(Path file) {
    try {
      return DotEnv.value(Files.readString(file), VARIABLE).filter(value -> !value.isEmpty());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new PlanException(
          "%s: cannot be read (%s), expected KEY=VALUE lines in UTF-8"
              .formatted(FILE, e.getClass().getSimpleName()));
    }
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
