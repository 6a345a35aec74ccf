package io.streamgauge.controller.report.console;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.controller.report.console.Row.Weight;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.result.metrics.Metrics;
import io.streamgauge.controller.result.metrics.Quantiles;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The result as the console shows it. */
public final class ConsoleReport {
  /** Lines below the fixed ones, for whoever did not ask for more. */
  private static final int MOST = 12;

  /** All there is to tell: a block a level, and of several levels their table. */
  public static String of(RunResult result) {
    return result.levels().stream()
            .map(level -> block(result, level, rows -> rows))
            .collect(Collectors.joining())
        + SweepTable.of(result).orElse("");
  }

  /** What is looked at first: the block of a level alone, or the table of several. */
  public static String brief(RunResult result) {
    return SweepTable.of(result)
        .map(table -> "\n" + line(verdict(Verdict.parts(result))) + table.stripLeading())
        .orElseGet(
            () ->
                result.levels().stream()
                    .map(level -> block(result, level, ConsoleReport::foremost))
                    .collect(Collectors.joining()));
  }

  private static String block(
      RunResult result, LevelResult level, UnaryOperator<List<Row>> choice) {
    return Stream.of(
            Stream.of("", verdict(LevelVerdict.of(level))),
            fixed(result, level.metrics()),
            Stream.of(""),
            GpuBlock.fixed(level).stream(),
            choice.apply(LevelRows.of(result, level)).stream().map(Row::text))
        .flatMap(lines -> lines)
        .map(ConsoleReport::line)
        .collect(Collectors.joining());
  }

  private static String verdict(List<String> parts) {
    return "Verdict:        " + String.join(" | ", parts);
  }

  /** These are read by scripts and never change. */
  private static Stream<String> fixed(RunResult result, Metrics metrics) {
    return Stream.of(
        "=== RESULTS FOR %s ===".formatted(result.run().backend()),
        "Total Requests: " + metrics.requests().total(),
        "Duration:       " + number(metrics.durationS()) + "s",
        "System TPS:     " + number(metrics.outputTps()) + " tok/s",
        "TTFT (ms):      " + meanAndTail(metrics.of(Metric.TTFT)),
        "E2E (ms):       " + meanAndTail(metrics.of(Metric.E2E)),
        "TPOT (ms):      " + number(metrics.of(Metric.TPOT).mean()),
        "ITL P99 (ms):   " + tail(metrics.of(Metric.ITL)));
  }

  /** In their order; what is left out is counted. */
  private static List<Row> foremost(List<Row> rows) {
    Set<Row> shown =
        rows.stream()
            .filter(row -> row.weight() != Weight.VERBOSE)
            .sorted(Comparator.comparing(Row::weight))
            .limit(MOST - 1)
            .collect(Collectors.toSet());
    List<Row> rest = rows.stream().filter(row -> !shown.contains(row)).toList();
    long warnings = rest.stream().filter(Row::warns).count();
    Row more =
        Row.of(
            Weight.ALWAYS,
            "More",
            "%d lines with --verbose%s"
                .formatted(
                    rest.size(), warnings == 0 ? "" : ", %d of them warnings".formatted(warnings)));
    return Stream.concat(rows.stream().filter(shown::contains), Stream.of(more)).toList();
  }

  private static String meanAndTail(Quantiles quantiles) {
    return "Mean: %s | P99: %s".formatted(number(quantiles.mean()), tail(quantiles));
  }

  /** The p99, or the greatest value marked as such where there are too few samples for one. */
  static String tail(Quantiles quantiles) {
    if (quantiles.p99() != null) {
      return number(quantiles.p99());
    }
    return quantiles.count() == 0
        ? "n/a (0 samples)"
        : "%s (max of %d)".formatted(number(quantiles.max()), quantiles.count());
  }

  static String number(@Nullable Double value) {
    return value == null ? "n/a" : String.format(Locale.ROOT, "%.2f", value);
  }

  /** Servers decide some of the texts: what would steer a terminal becomes a blank. */
  private static String line(String text) {
    return text.replaceAll("\\p{Cc}+", " ") + "\n";
  }

  private ConsoleReport() {}
}
