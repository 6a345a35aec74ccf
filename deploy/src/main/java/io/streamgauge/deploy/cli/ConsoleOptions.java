package io.streamgauge.deploy.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that say how a run is shown. */
final class ConsoleOptions {
  @Option(names = "--quiet", description = "No live line.")
  boolean quiet;

  @Option(names = "--json", description = "The result JSON on stdout instead of the console block.")
  boolean json;

  @Option(
      names = "--verbose",
      description =
          "All lines of the result; of several levels or repeats each one's block, too, not what"
              + " they say together alone.")
  boolean verbose;

  @Option(
      names = "--no-color",
      description = "No colours on the terminal; nor are there any where NO_COLOR is set.")
  boolean noColor;

  @Option(names = "--no-html", description = "No HTML report beside the other files.")
  boolean noHtml;

  /** Of that command. */
  Console of(CommandSpec command) {
    return new Console(
        command.name(),
        command.commandLine().getOut(),
        command.commandLine().getErr(),
        this,
        Screen.here(noColor));
  }
}
