package io.streamgauge.controller.report.console;

import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.plan.Level;
import io.streamgauge.controller.gpu.GpuEnergy;
import io.streamgauge.controller.gpu.GpuResult;
import io.streamgauge.controller.gpu.GpuSummary;
import io.streamgauge.controller.gpu.GpuTotal;
import io.streamgauge.controller.report.SummaryCsv;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.result.SloCheck;
import io.streamgauge.controller.result.finding.Finding.Severity;
import io.streamgauge.controller.result.metrics.Goodput;
import io.streamgauge.controller.result.metrics.Metrics;
import io.streamgauge.controller.result.sweep.Knee;
import io.streamgauge.controller.result.sweep.LoadStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The levels of a run beside each other, a row each, and what they say together. */
public final class SweepTable {
  private static final int NAMES = 2;

  /** Absent where there is one level alone, unless it is one of a search. */
  public static Optional<String> of(RunResult result) {
    return CapacityTable.of(result)
        .or(() -> result.levels().size() < 2 ? Optional.empty() : Optional.of(lines(result)))
        .map(SweepTable::text);
  }

  private static List<String> lines(RunResult result) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("=== LEVELS OF %s (times in ms) ===".formatted(result.run().backend()));
    lines.addAll(Columns.of(rows(result), NAMES));
    lines.add("");
    lines.add(
        "Model:          %s at %s".formatted(result.run().model(), result.environment().url()));
    lines.add("Knee:           " + knee(result));
    client(result).ifPresent(lines::add);
    notRun(result).ifPresent(lines::add);
    result.levels().forEach(level -> troubles(level).forEach(lines::add));
    return lines;
  }

  private static String text(List<String> lines) {
    return lines.stream()
        .map(line -> line.replaceAll("\\p{Cc}+", " ") + "\n")
        .collect(Collectors.joining());
  }

  private static List<List<String>> rows(RunResult result) {
    boolean good = result.levels().stream().anyMatch(level -> level.goodput().isPresent());
    boolean gpus = result.levels().stream().anyMatch(level -> level.gpuTotal().isPresent());
    List<String> head =
        new ArrayList<>(
            List.of(
                "level",
                "load",
                "ok",
                "failed",
                "tok/s",
                "req/s",
                "TTFT p50",
                "TTFT p99",
                "ITL p50",
                "ITL p99"));
    head.addAll(good ? List.of("good req/s") : List.of());
    head.addAll(gpus ? List.of("GPU W", "J/token") : List.of());
    head.add("valid");
    return Stream.concat(
            Stream.of(head), result.levels().stream().map(level -> row(level, good, gpus)))
        .toList();
  }

  private static List<String> row(LevelResult level, boolean good, boolean gpus) {
    Metrics metrics = level.metrics();
    var ttft = metrics.of(SloCheck.judged(Metric.TTFT, level.load().load()));
    var itl = metrics.of(Metric.ITL);
    List<String> row =
        new ArrayList<>(
            List.of(
                level.name(),
                SummaryCsv.load(level.load().load()),
                String.valueOf(metrics.requests().successful()),
                String.valueOf(metrics.requests().failed()),
                ConsoleReport.number(metrics.outputTps()),
                ConsoleReport.number(metrics.rps()),
                ConsoleReport.number(ttft.p50()),
                ConsoleReport.tail(ttft),
                ConsoleReport.number(itl.p50()),
                ConsoleReport.tail(itl)));
    if (good) {
      row.add(ConsoleReport.number(level.goodput().map(Goodput::goodputRps).orElse(null)));
    }
    if (gpus) {
      Optional<GpuEnergy> energy = level.gpuTotal().map(GpuTotal::energy);
      row.add(ConsoleReport.number(power(level).orElse(null)));
      row.add(ConsoleReport.number(energy.flatMap(GpuEnergy::energyPerOutputTokenJ).orElse(null)));
    }
    row.add(level.validity().valid() ? "yes" : "NO");
    return row;
  }

  /** Of all boards together: by their counters, else by their samples. */
  private static Optional<Double> power(LevelResult level) {
    return level
        .gpuTotal()
        .flatMap(total -> total.energy().meanPowerW())
        .or(
            () ->
                level.gpu().stream()
                    .map((GpuResult gpu) -> gpu.of(GpuQuantity.POWER).map(GpuSummary::mean))
                    .reduce(
                        Optional.of(0.0),
                        (sum, watts) -> sum.flatMap(all -> watts.map(more -> all + more))));
  }

  private static String knee(RunResult result) {
    return switch (Knee.of(result)) {
      case Knee.None(String why) -> "none: " + why;
      case Knee.At(LevelResult level, Optional<LoadStep> step) ->
          String.format(
              Locale.ROOT,
              "%s (%s): %.2f tok/s, %s",
              level.name(),
              SummaryCsv.load(level.load().load()),
              level.metrics().outputTps(),
              step.map(SweepTable::grown).orElse("the most within the objectives"));
    };
  }

  private static String grown(LoadStep step) {
    return String.format(
        Locale.ROOT,
        "beyond which throughput changed by %+.1f %% (noise %.1f %%) and mean E2E by %+.1f %%"
            + " (noise %.1f %%)",
        step.throughput().share() * 100,
        step.throughput().noise() * 100,
        step.latency().share() * 100,
        step.latency().noise() * 100);
  }

  private static Optional<String> client(RunResult result) {
    String names =
        result.levels().stream()
            .filter(LevelResult::clientBound)
            .map(LevelResult::name)
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Client:         at %s the client, not the server, was the limit".formatted(names));
  }

  private static Optional<String> notRun(RunResult result) {
    List<String> run = result.levels().stream().map(LevelResult::name).toList();
    String names =
        result.plan().levels().stream()
            .filter(level -> !level.warmup() && !run.contains(level.name()))
            .map(Level::name)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? Optional.empty() : Optional.of("Not run:        " + names);
  }

  /** What is wrong with a level; all that is known of it is in its block. */
  private static List<String> troubles(LevelResult level) {
    return Stream.concat(
            level.slo().stream()
                .filter(check -> !check.met())
                .map(check -> check.objective() + " missed: " + missed(check)),
            level.validity().findings().stream()
                .filter(finding -> finding.severity() == Severity.VOID)
                .map(finding -> finding.code().label() + ": " + finding.message()))
        .map(trouble -> "%-15s %s".formatted(level.name() + ":", trouble))
        .toList();
  }

  private static String missed(SloCheck check) {
    return "%s ms, limit %s ms"
        .formatted(
            ConsoleReport.number(check.valueMs().orElse(null)),
            ConsoleReport.number(check.limitMs()));
  }

  private SweepTable() {}
}
