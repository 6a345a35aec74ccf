package io.streamgauge.deploy;

import io.streamgauge.agent.cli.CalibrateCommand;
import io.streamgauge.agent.cli.SimulateCommand;
import io.streamgauge.agent.cli.StartAgentCommand;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.node.Version;
import io.streamgauge.controller.cli.DatasetCommand;
import io.streamgauge.controller.cli.StartControllerCommand;
import io.streamgauge.deploy.cli.CompareCommand;
import io.streamgauge.deploy.cli.CompletionCommand;
import io.streamgauge.deploy.cli.DoctorCommand;
import io.streamgauge.deploy.cli.Printable;
import io.streamgauge.deploy.cli.ReportCommand;
import io.streamgauge.deploy.cli.RunCommand;
import io.streamgauge.deploy.cli.SubmitCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root command. */
@Command(
    name = "streamgauge",
    description = "Measures LLM inference engines over the OpenAI API.",
    mixinStandardHelpOptions = true,
    versionProvider = Streamgauge.ToolVersion.class,
    scope = CommandLine.ScopeType.INHERIT)
public final class Streamgauge implements Runnable {
  private static final SequencedMap<String, Class<?>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("run", RunCommand.class);
    COMMANDS.put("controller", StartControllerCommand.class);
    COMMANDS.put("agent", StartAgentCommand.class);
    COMMANDS.put("submit", SubmitCommand.class);
    COMMANDS.put("report", ReportCommand.class);
    COMMANDS.put("compare", CompareCommand.class);
    COMMANDS.put("simulate", SimulateCommand.class);
    COMMANDS.put("calibrate", CalibrateCommand.class);
    COMMANDS.put("doctor", DoctorCommand.class);
    COMMANDS.put("dataset", DatasetCommand.class);
    COMMANDS.put("completion", CompletionCommand.class);
  }

  /** How long the JVM may know a name by heart, s: a new member should not wait for its 30. */
  private static final String NAMES_KNOWN_SECONDS = "5";

  @Spec private CommandSpec spec;

  /**
   * Vert.x takes {@code System.err} away for a moment when it is loaded. Picocli would keep what
   * stands there then, and messages would be lost: so it is given the stream, and a strategy that
   * has none of its own.
   */
  public static void main(String... args) {
    System.setProperty("sun.net.inetaddr.ttl", NAMES_KNOWN_SECONDS); // read at the first look-up
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    if (args.length > 0 && args[0].equals("run")) {
      LocalRun.loadAhead();
    }
    System.exit(
        commandLine(args)
            .setErr(err)
            .setExecutionStrategy(parsed -> new CommandLine.RunLast().execute(parsed))
            .execute(args));
  }

  /**
   * The command that the arguments name, the bare list of commands where they are options only, or
   * the whole tree: to learn the options of all takes a cold process longer than to open Vert.x.
   * Every error of the user is one line and exit code 2.
   */
  public static CommandLine commandLine(String... args) {
    CommandLine root = new CommandLine(new Streamgauge());
    if (args.length > 0 && List.of(args).stream().allMatch(each -> each.startsWith("-"))) {
      COMMANDS.forEach((name, type) -> root.addSubcommand(name, listed(type)));
    } else if (args.length > 0
        && COMMANDS.containsKey(args[0])
        && COMMANDS.get(args[0]) != CompletionCommand.class) {
      root.addSubcommand(args[0], COMMANDS.get(args[0]));
    } else {
      COMMANDS.forEach(root::addSubcommand);
    }
    return root.setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((error, _) -> wrongUsage(error))
        .setExecutionExceptionHandler(
            (error, command, _) -> {
              if (error instanceof PlanException wrong) {
                return complain(command, String.valueOf(wrong.getMessage()));
              }
              throw error;
            });
  }

  /** A command as the list of commands shows it. */
  private static CommandSpec listed(Class<?> type) {
    CommandSpec bare = CommandSpec.create();
    bare.usageMessage()
        .description(Objects.requireNonNull(type.getAnnotation(Command.class)).description());
    return bare;
  }

  private static int wrongUsage(ParameterException error) {
    Throwable cause = error.getCause();
    String message = cause instanceof PlanException ? cause.getMessage() : error.getMessage();
    return complain(
        error.getCommandLine(),
        String.valueOf(message).lines().findFirst().orElse("wrong usage")
            + alike(error)
            + " (see streamgauge "
            + path(error.getCommandLine())
            + "--help)");
  }

  /** The option that was most likely meant, where one was misspelt. */
  private static String alike(ParameterException error) {
    return error instanceof UnmatchedArgumentException unknown && unknown.isUnknownOption()
        ? unknown.getSuggestions().stream().findFirst().map("; is %s meant?"::formatted).orElse("")
        : "";
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

  /** Prints the version of the jar, and of what it was built. */
  static final class ToolVersion implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      return new String[] {
        "streamgauge %s (%s, Java %s)".formatted(Version.TOOL, Version.build(), Runtime.version())
      };
    }
  }
}
