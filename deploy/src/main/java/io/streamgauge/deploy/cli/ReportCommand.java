package io.streamgauge.deploy.cli;

import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.report.console.ConsoleReport;
import io.streamgauge.controller.result.Analysis;
import io.streamgauge.controller.result.ExitCode;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.store.ResultFiles;
import io.streamgauge.controller.store.RunDirectory;
import io.streamgauge.controller.telemetry.Collector;
import io.streamgauge.controller.telemetry.Telemetry;
import io.streamgauge.controller.telemetry.TelemetryOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Renders run logs again. */
@Command(
    name = "report",
    sortOptions = false,
    description = {
      "Renders run logs again: the console block, the JSON, the requests file, the rows of the"
          + " summary and the HTML report.",
      "A log that was cut, by a crash or a full disk, gives what it holds, as interrupted. Of a run"
          + " that is still on, the console block alone is shown unless --output is given."
    },
    footer = {
      "",
      "Exit codes: 0 all were rendered; 1 a log cannot be read, or nothing was measured in it; 2"
          + " wrong usage."
    })
public final class ReportCommand implements Callable<Integer> {
  /** What is made of a log. */
  enum Format {
    CONSOLE,
    FILES,
    HTML
  }

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Run logs (*.run.gz), directories of them, or globs in quotes.")
  private List<Path> paths = List.of();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Directory for the files. Default: beside each log.")
  private @Nullable Path output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      split = ",",
      description =
          "console (the block on stdout), files (JSON, CSV and summary) or html (the report)."
              + " Default: all.")
  private List<Format> formats = List.of(Format.values());

  @Option(
      names = "--verbose",
      description =
          "All lines of the result; of several levels each one's block, too, not their table"
              + " alone.")
  private boolean verbose;

  @Option(
      names = "--no-color",
      description = "No colours on the terminal; nor are there any where NO_COLOR is set.")
  private boolean noColor;

  @Mixin private final TelemetryOptions telemetry = new TelemetryOptions();

  @Override
  public Integer call() {
    Optional<Collector> collector = telemetry.collector();
    int code = ExitCode.DONE;
    for (Path log : paths.stream().flatMap(path -> LogPaths.of(path).stream()).toList()) {
      try {
        RunResult result = render(log);
        if (collector.isPresent()) {
          Telemetry.send(collector.get(), log, result);
        }
      } catch (FileSystemException e) { // whose message is but the file's name
        say("cannot read %s: %s".formatted(log, e));
        code = ExitCode.FAILED;
      } catch (IOException | UncheckedIOException e) {
        say(String.valueOf(e.getMessage()));
        code = ExitCode.FAILED;
      }
    }
    return code;
  }

  private RunResult render(Path log) throws IOException {
    boolean on = RunDirectory.isOn(log);
    Analysis analysis = new Analysis();
    long read = RunLog.read(log, analysis::take);
    if (on) {
      say("%s: the run is still on; this is what it has measured so far".formatted(log));
    } else if (read < Files.size(log)) {
      say(
          "%s: %d of its %d bytes can be read: it is cut or damaged behind them"
              .formatted(log, read, Files.size(log)));
    }
    RunResult result =
        analysis.result().orElseThrow(() -> new IOException(log + ": nothing was measured"));
    PrintWriter out = spec.commandLine().getOut();
    if (formats.contains(Format.CONSOLE)) {
      String block =
          Printable.block(verbose ? ConsoleReport.of(result) : ConsoleReport.brief(result));
      out.print(Screen.here(noColor).coloured() ? Colours.block(block) : block);
    }
    if (output != null || !on) {
      write(log, result, out);
    }
    out.flush();
    return result;
  }

  private void write(Path log, RunResult result, PrintWriter out) throws IOException {
    Path beside = Optional.ofNullable(log.getParent()).orElse(Path.of(""));
    ResultFiles files =
        output == null
            ? ResultFiles.of(log, beside)
            : ResultFiles.of(log, output, result.run().id());
    if (formats.contains(Format.FILES)) {
      Path json = files.write(result, log);
      out.println("Results:        %s (%s)".formatted(json, result.run().status().label()));
    }
    if (formats.contains(Format.HTML)) {
      out.println("Report:         " + files.writePage(result, log));
    }
  }

  private void say(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(Printable.line("streamgauge report: " + text));
    err.flush();
  }
}
