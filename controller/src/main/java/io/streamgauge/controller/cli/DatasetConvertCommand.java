package io.streamgauge.controller.cli;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.cli.DatasetFileOptions;
import io.streamgauge.common.dataset.file.ReadOptions;
import io.streamgauge.common.dataset.file.ReadReport;
import io.streamgauge.controller.dataset.DatasetConversion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dataset convert}. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes a dataset or trace of any format in our own form.",
      "Requests of lengths alone are written as timestamp (ms), input_length, output_length,"
          + " hash_ids, block_size, delay (ms) and session_id."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the file is written",
      "1:it cannot be written",
      "2:wrong usage, or a file that is no dataset"
    })
public final class DatasetConvertCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "what is read")
  @SuppressWarnings("NullAway.Init")
  private Path file;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "what is written: JSON, or JSONL where it ends in .jsonl")
  @SuppressWarnings("NullAway.Init")
  private Path output;

  @Mixin private final DatasetFileOptions options = new DatasetFileOptions();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      ReadReport report = DatasetConversion.run(file, options.over(ReadOptions.DEFAULT), output);
      out.println(
          "%d requests of %s in %s".formatted(report.tally().used(), report.format(), output));
      report.notes().forEach(out::println);
      return 0;
    } catch (PlanException e) {
      err.println("dataset convert: " + e.getMessage());
      return 2;
    } catch (IOException e) {
      err.println("dataset convert: %s: cannot be written (%s)".formatted(output, e.getMessage()));
      return 1;
    } finally {
      out.flush();
      err.flush();
    }
  }
}
