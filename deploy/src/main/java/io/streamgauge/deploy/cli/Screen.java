package io.streamgauge.deploy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * What the command is shown on.
 *
 * @param live whether a line can be rewritten there
 * @param unicode whether it shows more than ASCII
 * @param coloured whether colours are wanted there
 */
record Screen(boolean live, boolean unicode, boolean coloured, Supplier<OptionalInt> columns) {
  private static final int USUAL_COLUMNS = 80;

  /** That of this process. */
  static Screen here(boolean noColor) {
    java.io.Console console = System.console();
    return of(
        console != null && console.isTerminal(),
        console != null && UTF_8.equals(console.charset()),
        noColor,
        System.getenv(),
        TerminalSize::columns);
  }

  /** As the environment asks for it. */
  static Screen of(
      boolean terminal,
      boolean utf8,
      boolean noColor,
      Map<String, String> environment,
      Supplier<OptionalInt> size) {
    boolean dumb = "dumb".equals(environment.get("TERM"));
    boolean plain = noColor || !environment.getOrDefault("NO_COLOR", "").isEmpty();
    String asked = environment.getOrDefault("COLUMNS", "");
    return new Screen(
        terminal && !dumb,
        utf8 && !dumb,
        terminal && !dumb && !plain,
        asked.matches("[1-9][0-9]{0,3}") ? () -> OptionalInt.of(Integer.parseInt(asked)) : size);
  }

  int width() {
    return columns.get().orElse(USUAL_COLUMNS);
  }
}
