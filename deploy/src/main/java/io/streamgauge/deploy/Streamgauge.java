package io.streamgauge.deploy;

import io.streamgauge.agent.cli.CalibrateCommand;
import io.streamgauge.agent.cli.SimulateCommand;
import io.streamgauge.agent.cli.StartAgentCommand;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.node.Version;
import io.streamgauge.controller.cli.DatasetCommand;
import io.streamgauge.controller.cli.StartControllerCommand;
import io.streamgauge.deploy.cli.CompletionCommand;
import io.streamgauge.deploy.cli.DoctorCommand;
import io.streamgauge.deploy.cli.Printable;
import io.streamgauge.deploy.cli.ReportCommand;
import io.streamgauge.deploy.cli.RunCommand;
import io.streamgauge.deploy.cli.SubmitCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command. */
@Command(
    name = "streamgauge",
    description = "Measures LLM inference engines over the OpenAI API.",
    mixinStandardHelpOptions = true,
    versionProvider = Streamgauge.ToolVersion.class,
    scope = CommandLine.ScopeType.INHERIT,
    subcommands = {
      RunCommand.class,
      StartControllerCommand.class,
      StartAgentCommand.class,
      SubmitCommand.class,
      ReportCommand.class,
      SimulateCommand.class,
      CalibrateCommand.class,
      DoctorCommand.class,
      DatasetCommand.class,
      CompletionCommand.class
    })
public final class Streamgauge implements Runnable {
  @Spec private CommandSpec spec;

  public static void main(String... args) {
    System.exit(commandLine().execute(args));
  }

  /** The whole command tree; every error of its user is one line and exit code 2. */
  static CommandLine commandLine() {
    return new CommandLine(new Streamgauge())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((error, _) -> wrongUsage(error))
        .setExecutionExceptionHandler(
            (error, command, _) -> {
              if (error instanceof PlanException wrong) {
                return complain(command, String.valueOf(wrong.getMessage()));
              }
              throw error;
            });
  }

  private static int wrongUsage(ParameterException error) {
    Throwable cause = error.getCause();
    String message = cause instanceof PlanException ? cause.getMessage() : error.getMessage();
    return complain(
        error.getCommandLine(),
        String.valueOf(message).lines().findFirst().orElse("wrong usage")
            + " (see streamgauge "
            + path(error.getCommandLine())
            + "--help)");
  }

  private static int complain(CommandLine command, String message) {
    command
        .getErr()
        .println(Printable.line(("streamgauge " + path(command)).strip() + ": " + message));
    return CommandLine.ExitCode.USAGE;
  }

  private static String path(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    return name.equals("streamgauge") ? "" : name.substring("streamgauge ".length()) + " ";
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** Prints the version of the jar. */
  static final class ToolVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"streamgauge " + Version.TOOL + " (Java " + Runtime.version() + ")"};
    }
  }
}
