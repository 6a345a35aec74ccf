package io.streamgauge.controller.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dataset}: has sub-commands only. */
@Command(
    name = "dataset",
    mixinStandardHelpOptions = true,
    description = "Makes, describes or converts a dataset or trace.",
    subcommands = {
      DatasetGenerateCommand.class,
      DatasetShowCommand.class,
      DatasetConvertCommand.class
    })
public final class DatasetCommand implements Runnable {
  static final String DEFAULT_FILE = "benchmark_dataset.json";

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "dataset: expected generate, show or convert");
  }
}
