package io.streamgauge.controller.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenRouterKeyTest {
  @TempDir private Path directory;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          a plain line         | OPENROUTER_API_KEY=secret-one
          blanks around it     | `  OPENROUTER_API_KEY = secret-one  `
          export               | export OPENROUTER_API_KEY=secret-one
          double quotes        | OPENROUTER_API_KEY="secret-one"
          single quotes        | OPENROUTER_API_KEY='secret-one' # mine
          a comment after it   | OPENROUTER_API_KEY=secret-one # mine
          other lines          | `# OPENROUTER_API_KEY=old\\nX=1\\nnonsense\\nOPENROUTER_API_KEY=secret-one\\nY="`
          Windows line ends    | `X=1\\r\\nOPENROUTER_API_KEY=secret-one\\r\\n`
          the last one counts  | `OPENROUTER_API_KEY=old\\nOPENROUTER_API_KEY=secret-one`
          """)
  void theKeyIsReadFromTheFile(String name, String text) throws IOException {
    write(text.translateEscapes());

    assertThat(OpenRouterKey.find(Map.of(), directory).header()).isEqualTo("Bearer secret-one");
  }

  @Test
  void theEnvironmentWins() throws IOException {
    write("OPENROUTER_API_KEY=secret-one");

    assertThat(OpenRouterKey.find(Map.of("OPENROUTER_API_KEY", "secret-two"), directory).header())
        .isEqualTo("Bearer secret-two");
  }

  @Test
  void anEmptyVariableIsNoKey() throws IOException {
    write("OPENROUTER_API_KEY=secret-one");

    assertThat(OpenRouterKey.find(Map.of("OPENROUTER_API_KEY", ""), directory).header())
        .isEqualTo("Bearer secret-one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "OTHER=1",
        "OPENROUTER_API_KEY=",
        "OPENROUTER_API_KEY= # none",
        "OPENROUTER_API_KEY=''"
      })
  void aMissingKeyIsToldInOneLine(String text) throws IOException {
    write(text);

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> OpenRouterKey.find(Map.of(), directory))
        .withMessage(
            "OPENROUTER_API_KEY: not set,"
                + " expected an OpenRouter key in the environment or in .env");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"OPENROUTER_API_KEY=\"secret-one", "OPENROUTER_API_KEY=secret-one secret"})
  void aBrokenKeyIsToldWithoutShowingIt(String text) throws IOException {
    write(text);

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> OpenRouterKey.find(Map.of(), directory))
        .satisfies(
            problem ->
                assertThat(problem.getMessage())
                    .contains("OPENROUTER_API_KEY")
                    .doesNotContain("secret"));
  }

  @Test
  void theKeyDoesNotPrintItself() {
    assertThat(new OpenRouterKey("secret-one")).hasToString("OpenRouterKey[***]");
  }

  private void write(String text) throws IOException {
    Files.writeString(directory.resolve(".env"), text);
  }
}
