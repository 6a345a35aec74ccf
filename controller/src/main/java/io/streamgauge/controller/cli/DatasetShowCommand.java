package io.streamgauge.controller.cli;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.cli.DatasetFileOptions;
import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.dataset.file.DatasetReader;
import io.streamgauge.common.dataset.file.ReadOptions;
import io.streamgauge.common.dataset.file.ReadReport;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.summary.RowSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dataset show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Describes a dataset or trace: format, lengths, sessions, reuse of prefixes, arrivals, and"
            + " how the first prompts begin.")
public final class DatasetShowCommand implements Callable<Integer> {
  private final Path directory;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "a file of any format (default: "
              + DatasetCommand.DEFAULT_FILE
              + " if it is there, else the built-in prompts)")
  private Optional<Path> file = Optional.empty();

  @Mixin private final DatasetFileOptions options = new DatasetFileOptions();

  public DatasetShowCommand() {
    this(Path.of(""));
  }

  DatasetShowCommand(Path directory) {
    this.directory = directory;
  }

  @Override
  public Integer call() {
    try {
      spec.commandLine().getOut().print(description());
      spec.commandLine().getOut().flush();
      return 0;
    } catch (PlanException e) {
      spec.commandLine().getErr().println("dataset show: " + e.getMessage());
      spec.commandLine().getErr().flush();
      return 2;
    }
  }

  private String description() {
    Path standard = directory.resolve(DatasetCommand.DEFAULT_FILE);
    RowSummary summary = new RowSummary(DatasetDescription.PROMPTS);
    Optional<Path> shown = file.or(() -> Optional.of(standard).filter(Files::exists));
    if (shown.isEmpty()) {
      Dataset builtIn = Dataset.builtIn();
      builtIn.prompts().forEach(prompt -> summary.add(new FileRow.Sent(prompt)));
      return DatasetDescription.of(builtIn.name(), List.of(), summary);
    }
    ReadReport report =
        DatasetReader.read(shown.get(), options.over(ReadOptions.DEFAULT), summary::add);
    return DatasetDescription.of(String.valueOf(shown.get().getFileName()), lines(report), summary);
  }

  private static List<String> lines(ReadReport report) {
    List<String> lines = new ArrayList<>();
    String units = report.units().isEmpty() ? "" : "; " + report.units();
    lines.add(
        DatasetDescription.label(
            "Format", "%s (%s%s)".formatted(report.format(), report.layout(), units)));
    report.notes().forEach(note -> lines.add(DatasetDescription.label("Note", note)));
    return lines;
  }
}
