package io.streamgauge.deploy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.streamgauge.common.json.Json;
import io.streamgauge.controller.compare.Comparison;
import io.streamgauge.controller.compare.Gate;
import io.streamgauge.controller.compare.Measure;
import io.streamgauge.controller.compare.MeasuredRun;
import io.streamgauge.controller.compare.Settings;
import io.streamgauge.controller.compare.Side;
import io.streamgauge.controller.compare.report.ComparisonHtml;
import io.streamgauge.controller.compare.report.ComparisonJunit;
import io.streamgauge.controller.compare.report.ComparisonMarkdown;
import io.streamgauge.controller.compare.report.ComparisonText;
import io.streamgauge.controller.log.ResultFile;
import io.streamgauge.controller.result.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds runs against a base, and is the gate of a pipeline. */
@Command(
    name = "compare",
    sortOptions = false,
    description = {
      "Compares runs, or sets of repeats, with a base: for each metric the change with its 95 %%"
          + " interval, and whether that is better, worse, equivalent within the margin, or"
          + " undecided.",
      "Sides that are no equal measurements (other workload, model, tokenizer, cache state, output"
          + " lengths, error rates; void or degraded runs) are refused with each reason."
    },
    footer = {
      "",
      "Exit codes: 0 compared, and no gate fails; 1 a log cannot be read, or nothing was measured"
          + " in it; 2 wrong usage; 3 a gate fails; 4 not comparable, or a gate's metric cannot be"
          + " known."
    })
public final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "BASE",
      description =
          "What is compared with: a run log, a directory of them, or a glob in quotes; several logs"
              + " are its repeats.")
  private Path base = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "NEW",
      description = "The same of what is held against the base; several are compared one by one.")
  private List<Path> others = List.of();

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      description =
          "What the comparison is about: system_tps, rps, goodput_rps, energy_per_output_token_j,"
              + " or one such as ttft_p99. Default: system_tps and ttft_p99.")
  private Optional<String> metric = Optional.empty();

  @Option(
      names = "--margin",
      paramLabel = "SHARE",
      description = "A difference within it is of no account. Default: 2%%.")
  private String margin = "2%";

  @Option(
      names = "--fail-if",
      paramLabel = "METRIC>SHARE",
      description =
          "A gate: exit code 3 where the metric is worse by more than so much and the whole"
              + " interval says so, e.g. 'ttft_p99>5%%'; repeatable.")
  private List<String> failIf = List.of();

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write gates and verdicts as JUnit XML, too.")
  private @Nullable Path junit;

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description =
          "Write the comparison as Markdown, too. It is appended to the file that"
              + " GITHUB_STEP_SUMMARY names in any case.")
  private @Nullable Path markdown;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "Write the comparison as an HTML file, too: the ratios with their intervals, and the"
              + " percentiles of both sides on top of each other.")
  private @Nullable Path html;

  @Option(names = "--json", description = "The comparison as JSON on stdout instead of the table.")
  private boolean json;

  @Option(
      names = "--force",
      description = "Compare what is not comparable; the reasons stand on top of the verdicts.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    Settings settings =
        new Settings(
            metric.map(name -> Measure.parse("metric", name)),
            Settings.margin(margin),
            failIf.stream().map(Gate::parse).toList(),
            force);
    Side before;
    List<Side> sides = new ArrayList<>();
    try {
      before = side(base);
      for (Path other : others) {
        sides.add(side(other));
      }
    } catch (FileSystemException e) { // whose message is but the file's name
      return cannotRead(e.toString());
    } catch (IOException e) {
      return cannotRead(String.valueOf(e.getMessage()));
    }
    Comparison comparison = Comparison.of(before, sides, settings);
    write(comparison);
    if (html != null) {
      ResultFile.replace(html, ComparisonHtml.of(comparison, before, sides));
    }
    return comparison.exitCode();
  }

  private static Side side(Path path) throws IOException {
    List<MeasuredRun> runs = new ArrayList<>();
    for (Path log : LogPaths.of(path)) {
      runs.add(MeasuredRun.read(log));
    }
    return new Side(path.toString(), runs);
  }

  private int cannotRead(String why) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(Printable.line("streamgauge compare: " + why));
    err.flush();
    return ExitCode.FAILED;
  }

  private void write(Comparison comparison) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        json
            ? Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(comparison) + "\n"
            : Printable.block(ComparisonText.of(comparison)));
    out.flush();
    if (junit != null) {
      ResultFile.replace(junit, ComparisonJunit.of(comparison).getBytes(UTF_8));
    }
    if (markdown != null) {
      ResultFile.replace(markdown, ComparisonMarkdown.of(comparison).getBytes(UTF_8));
    }
    String summary = System.getenv().getOrDefault("GITHUB_STEP_SUMMARY", "");
    if (!summary.isEmpty()) {
      Files.writeString(Path.of(summary), ComparisonMarkdown.of(comparison), WRITE, CREATE, APPEND);
    }
  }
}
