package io.streamgauge.controller.report;

import io.streamgauge.common.engine.EngineInfo;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.result.SloCheck;
import io.streamgauge.controller.result.finding.Finding;
import io.streamgauge.controller.result.finding.FindingCode;
import io.streamgauge.controller.result.metrics.FluidityReport;
import io.streamgauge.controller.result.metrics.Goodput;
import io.streamgauge.controller.result.metrics.Metrics;
import io.streamgauge.controller.result.metrics.ModelMetrics;
import io.streamgauge.controller.result.metrics.Quantiles;
import io.streamgauge.controller.result.window.SteadyState;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result as the console shows it. */
public final class ConsoleReport {
  /**
   * One block a level; the first seven lines are fixed, more may follow them. Several levels end
   * with their table.
   */
  public static String of(RunResult result) {
    StringBuilder text = new StringBuilder();
    for (LevelResult level : result.levels()) {
      block(text, result, level);
    }
    SweepTable.of(result).ifPresent(text::append);
    return text.toString();
  }

  private static void block(StringBuilder text, RunResult result, LevelResult level) {
    Metrics metrics = level.metrics();
    text.append('\n');
    line(text, "=== RESULTS FOR %s ===", result.run().backend());
    line(text, "Total Requests: %d", metrics.requests().total());
    line(text, "Duration:       %.2fs", metrics.durationS());
    line(text, "System TPS:     %.2f tok/s", metrics.outputTps());
    line(text, "TTFT (ms):      %s", meanAndTail(metrics.of(Metric.TTFT)));
    line(text, "E2E (ms):       %s", meanAndTail(metrics.of(Metric.E2E)));
    line(text, "TPOT (ms):      %s", number(metrics.of(Metric.TPOT).mean()));
    line(text, "ITL P99 (ms):   %s", tail(metrics.of(Metric.ITL)));
    text.append('\n');
    GpuBlock.fixed(level).forEach(row -> line(text, "%s", row));
    more(text, result, level);
  }

  private static void more(StringBuilder text, RunResult result, LevelResult level) {
    Metrics metrics = level.metrics();
    line(text, "Level:          %s (%s)", level.name(), SummaryCsv.load(level.load().load()));
    line(text, "Model:          %s at %s", result.run().model(), result.environment().url());
    line(text, "Sampling:       %s", result.run().sampling());
    result.environment().engine().ifPresent(engine -> engine(text, engine));
    if (result.environment().insecureNetwork()) {
      line(text, "Network:        insecure: others could reach the controller and its agents");
    }
    line(
        text,
        "Requests:       %d ok | %d failed%s%s | %.2f req/s | at most %d in flight",
        metrics.requests().successful(),
        metrics.requests().failed(),
        counted(metrics.requests().cancelled(), "cancelled"),
        counted(metrics.requests().dropped(), "dropped"),
        metrics.rps(),
        metrics.peakConcurrency());
    line(
        text,
        "Tokens:         %d in | %d out | %.2f tok/s in and out%s",
        metrics.inputTokens(),
        metrics.outputTokens(),
        metrics.totalTps(),
        metrics.peakOutputTps().map(peak -> " | peak %s tok/s".formatted(number(peak))).orElse(""));
    line(text, "Steady state:   %s", steady(level.steadyState()));
    if (level.load().load() instanceof OpenLoop) {
      line(text, "TTFT from due:  %s", spread(metrics.of(Metric.TTFT_DUE)));
      line(text, "E2E from due:   %s", spread(metrics.of(Metric.E2E_DUE)));
    }
    level.replay().ifPresent(replay -> line(text, "Replay:         %s", replay.text()));
    for (Metric metric : new Metric[] {Metric.TTFT, Metric.E2E, Metric.TPOT, Metric.ITL}) {
      line(text, "%-15s %s", metric.label() + " (ms):", spread(metrics.of(metric)));
    }
    line(
        text,
        "Means (ms):     ITL %s over all gaps | TPOT %s over requests",
        number(metrics.of(Metric.ITL).mean()),
        number(metrics.of(Metric.TPOT).mean()));
    line(text, "Fluidity:       %s", fluidity(metrics.fluidity()));
    level
        .models()
        .orElse(Map.of())
        .forEach((name, numbers) -> line(text, "%s", model(name, numbers)));
    level
        .sessions()
        .ifPresent(sessions -> SessionBlock.of(sessions).forEach(row -> line(text, "%s", row)));
    level.goodput().ifPresent(goodput -> goodput(text, goodput));
    ClientBlock.of(level).forEach(row -> line(text, "%s", row));
    EngineBlock.of(level.engine()).forEach(row -> line(text, "%s", row));
    GpuBlock.more(level).forEach(row -> line(text, "%s", row));
    level.lostAgents().stream()
        .filter(agent -> !agent.beforeTheStart())
        .forEach(agent -> line(text, "Lost:           %s", agent.loss()));
    level.slo().forEach(check -> slo(text, check));
    level.validity().findings().forEach(finding -> finding(text, finding));
    if (!level.validity().valid()) {
      line(text, "NOT VALID: %s", invalid(level));
    }
  }

  private static String model(String name, ModelMetrics numbers) {
    return String.format(
        Locale.ROOT,
        "%-15s %d ok | %d failed | %.2f req/s | %.2f tok/s | TTFT p50 %s mean %s | E2E p50 %s mean"
            + " %s | TPOT p50 %s ms",
        name + ":",
        numbers.requests().successful(),
        numbers.requests().failed(),
        numbers.rps(),
        numbers.outputTps(),
        number(numbers.of(Metric.TTFT).p50()),
        number(numbers.of(Metric.TTFT).mean()),
        number(numbers.of(Metric.E2E).p50()),
        number(numbers.of(Metric.E2E).mean()),
        number(numbers.of(Metric.TPOT).p50()));
  }

  private static String invalid(LevelResult level) {
    if (level.finding(FindingCode.NOTHING_MEASURED).isPresent()) {
      return "nothing was measured";
    }
    return level.finding(FindingCode.STOPPED_EARLY).isPresent()
        ? "these are the numbers of a part of the level"
        : "these numbers measure the client, not the server";
  }

  /** The simulated engine is ready at once and says nothing by that. */
  private static void engine(StringBuilder text, EngineInfo engine) {
    engine
        .executable()
        .ifPresent(
            _ ->
                line(
                    text,
                    "Engine:         %s%s, ready after %.1f s",
                    engine.name(),
                    engine.version().map(version -> " " + version).orElse(""),
                    engine.timeToReadyS()));
  }

  private static String steady(SteadyState steady) {
    return steady.found()
        ? String.format(
            Locale.ROOT,
            "%s to %s s (%.0f%% of the run): %s tok/s | %s req/s | TTFT mean %s, p99 %s ms%s",
            number(steady.fromS().orElse(null)),
            number(steady.toS().orElse(null)),
            steady.coverage().orElse(0.0) * 100,
            number(steady.outputTps().orElse(null)),
            number(steady.rps().orElse(null)),
            number(steady.ttftMs().map(Quantiles::mean).orElse(null)),
            steady.ttftMs().map(ConsoleReport::tail).orElse("n/a"),
            counted(steady.unanswered().orElse(0L), "never answered"))
        : "none: " + steady.reason().orElse("");
  }

  private static String fluidity(FluidityReport fluidity) {
    return String.format(
        Locale.ROOT,
        "mean %s | %s of requests at 0.9 or more (%s ms to the first token, %s ms each)%s",
        number(fluidity.mean().orElse(null)),
        fluidity.fluid().map(share -> Math.round(share * 100) + "%").orElse("n/a"),
        plain(fluidity.firstTokenMs()),
        plain(fluidity.tokenMs()),
        fluidity
            .fluidTokenRate()
            .map(rate -> " | fluid %s tok/s".formatted(number(rate)))
            .orElse(""));
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static void goodput(StringBuilder text, Goodput goodput) {
    line(
        text,
        "Goodput:        %.2f req/s | %d of %d offered met every limit (%.1f%%)%s",
        goodput.goodputRps(),
        goodput.met(),
        goodput.offered(),
        goodput.attainment() * 100,
        counted(goodput.undetermined(), "undetermined"));
  }

  private static String counted(long count, String how) {
    return count == 0 ? "" : " | %d %s".formatted(count, how);
  }

  private static void slo(StringBuilder text, SloCheck check) {
    line(
        text,
        "SLO:            %s %s: %s ms%s, limit %s ms",
        check.objective(),
        check.met() ? "met" : "MISSED",
        number(check.valueMs().orElse(null)),
        check.note().map(note -> " (" + note + ")").orElse(""),
        number(check.limitMs()));
  }

  private static void finding(StringBuilder text, Finding finding) {
    line(
        text,
        "%-15s %s: %s",
        finding.severity().label() + ":",
        finding.code().label(),
        finding.message());
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

  private static String spread(Quantiles quantiles) {
    if (quantiles.count() == 0) {
      return "n/a (0 samples)";
    }
    return "p50 %s | p90 %s | p95 %s | p99 %s | p99.9 %s | max %s"
        .formatted(
            percentile(quantiles, quantiles.p50()),
            percentile(quantiles, quantiles.p90()),
            percentile(quantiles, quantiles.p95()),
            percentile(quantiles, quantiles.p99()),
            percentile(quantiles, quantiles.p999()),
            percentile(quantiles, quantiles.max()));
  }

  private static String percentile(Quantiles quantiles, @Nullable Double value) {
    return value == null ? "n/a (%d samples)".formatted(quantiles.count()) : number(value);
  }

  static String number(@Nullable Double value) {
    return value == null ? "n/a" : String.format(Locale.ROOT, "%.2f", value);
  }

  /** Servers decide some of the texts: what would steer a terminal becomes a blank. */
  private static void line(StringBuilder text, String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values);
    text.append(line.replaceAll("\\p{Cc}+", " ")).append('\n');
  }

  private ConsoleReport() {}
}
