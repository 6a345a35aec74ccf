package io.streamgauge.controller.cli;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.dataset.DatasetFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dataset show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Describes a dataset: categories, lengths, and how each prompt begins.")
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
          "JSON array or .jsonl (default: "
              + DatasetCommand.DEFAULT_FILE
              + " if it is there, else the built-in prompts)")
  private Optional<Path> file = Optional.empty();

  public DatasetShowCommand() {
    this(Path.of(""));
  }

  DatasetShowCommand(Path directory) {
    this.directory = directory;
  }

  @Override
  public Integer call() {
    try {
      spec.commandLine().getOut().print(DatasetDescription.of(dataset()));
      spec.commandLine().getOut().flush();
      return 0;
    } catch (PlanException e) {
      spec.commandLine().getErr().println("dataset show: " + e.getMessage());
      spec.commandLine().getErr().flush();
      return 2;
    }
  }

  private Dataset dataset() {
    Path standard = directory.resolve(DatasetCommand.DEFAULT_FILE);
    return file.or(() -> Optional.of(standard).filter(Files::exists))
        .map(DatasetFile::read)
        .orElseGet(Dataset::builtIn);
  }
}
