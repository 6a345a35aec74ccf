package io.streamgauge.controller.report.console;

import static io.streamgauge.controller.report.console.ConsoleReport.number;

import io.streamgauge.common.engine.EngineInfo;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.controller.report.SummaryCsv;
import io.streamgauge.controller.report.console.Row.Weight;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.result.SloCheck;
import io.streamgauge.controller.result.metrics.FluidityReport;
import io.streamgauge.controller.result.metrics.Goodput;
import io.streamgauge.controller.result.metrics.Metrics;
import io.streamgauge.controller.result.metrics.ModelMetrics;
import io.streamgauge.controller.result.metrics.Quantiles;
import io.streamgauge.controller.result.window.SteadyState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the console shows of a level below the fixed lines; no row stands without a value. */
final class LevelRows {
  static List<Row> of(RunResult result, LevelResult level) {
    List<Row> rows = new ArrayList<>();
    rows.add(
        first(
            "Level",
            "%s (%s), %s at %s",
            level.name(),
            SummaryCsv.load(level.load().load()),
            result.run().model(),
            result.environment().url()));
    if (result.environment().insecureNetwork()) {
      rows.add(
          Row.of(
              Weight.ALWAYS,
              "Network",
              "insecure: others could reach the controller and its agents"));
    }
    level.lostAgents().stream()
        .filter(agent -> !agent.beforeTheStart())
        .forEach(agent -> rows.add(Row.of(Weight.ALWAYS, "Lost", agent.loss())));
    if (level.metrics().requests().total() > 0) {
      work(rows, level.metrics());
    }
    rows.addAll(Spread.of(level));
    level.goodput().ifPresent(goodput -> rows.add(goodput(goodput)));
    level.replay().ifPresent(replay -> rows.add(Row.of(Weight.THIRD, "Replay", replay.text())));
    level.models().orElse(Map.of()).forEach((name, of) -> rows.add(model(name, of)));
    level.sessions().ifPresent(sessions -> rows.addAll(SessionBlock.of(sessions)));
    rows.addAll(ClientBlock.of(level));
    rows.addAll(EngineBlock.of(level.engine()));
    GpuBlock.more(level).forEach(row -> rows.add(new Row(Weight.VERBOSE, row)));
    rows.add(steady(level.steadyState()));
    fluidity(rows, level.metrics().fluidity());
    rows.add(verbose("Sampling", "%s", result.run().sampling()));
    result.environment().engine().ifPresent(engine -> engine(rows, engine));
    level.slo().forEach(check -> rows.add(slo(check)));
    level.validity().findings().forEach(finding -> rows.add(Row.of(finding)));
    return rows;
  }

  private static void work(List<Row> rows, Metrics metrics) {
    rows.add(
        first(
            "Requests",
            "%.2f req/s | at most %d in flight%s%s%s",
            metrics.rps(),
            metrics.peakConcurrency(),
            counted(metrics.requests().failed(), "failed"),
            counted(metrics.requests().cancelled(), "cancelled"),
            counted(metrics.requests().dropped(), "dropped")));
    rows.add(
        first(
            "Tokens",
            "%d in | %d out | %.2f tok/s in and out%s",
            metrics.inputTokens(),
            metrics.outputTokens(),
            metrics.totalTps(),
            metrics
                .peakOutputTps()
                .map(peak -> " | peak %s tok/s".formatted(number(peak)))
                .orElse("")));
  }

  private static Row model(String name, ModelMetrics numbers) {
    return first(
        name,
        "%d ok | %d failed | %.2f req/s | %.2f tok/s | TTFT p50 %s mean %s | E2E p50 %s mean"
            + " %s | TPOT p50 %s ms",
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

  /** The simulated engine is ready at once and says nothing by that. */
  private static void engine(List<Row> rows, EngineInfo engine) {
    if (engine.executable().isPresent()) {
      rows.add(
          first(
              "Engine",
              "%s%s, ready after %.1f s",
              engine.name(),
              engine.version().map(version -> " " + version).orElse(""),
              engine.timeToReadyS()));
    }
  }

  private static Row steady(SteadyState steady) {
    return steady.found()
        ? Row.of(
            Weight.THIRD,
            "Steady state",
            String.format(
                Locale.ROOT,
                "%s to %s s (%.0f%% of the run): %s tok/s | %s req/s | TTFT mean %s, p99 %s ms%s",
                number(steady.fromS().orElse(null)),
                number(steady.toS().orElse(null)),
                steady.coverage().orElse(0.0) * 100,
                number(steady.outputTps().orElse(null)),
                number(steady.rps().orElse(null)),
                number(steady.ttftMs().map(Quantiles::mean).orElse(null)),
                steady.ttftMs().map(ConsoleReport::tail).orElse("n/a"),
                counted(steady.unanswered().orElse(0L), "never answered")))
        : verbose("Steady state", "none: %s", steady.reason().orElse(""));
  }

  private static void fluidity(List<Row> rows, FluidityReport fluidity) {
    if (fluidity.mean().isPresent()) {
      rows.add(
          verbose(
              "Fluidity",
              "mean %s | %s of requests at 0.9 or more (%s ms to the first token, %s ms each)%s",
              number(fluidity.mean().orElse(null)),
              fluidity.fluid().map(share -> Math.round(share * 100) + "%").orElse("n/a"),
              plain(fluidity.firstTokenMs()),
              plain(fluidity.tokenMs()),
              fluidity
                  .fluidTokenRate()
                  .map(rate -> " | fluid %s tok/s".formatted(number(rate)))
                  .orElse("")));
    }
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static Row goodput(Goodput goodput) {
    return first(
        "Goodput",
        "%.2f req/s | %d of %d offered met every limit (%.1f%%)%s",
        goodput.goodputRps(),
        goodput.met(),
        goodput.offered(),
        goodput.attainment() * 100,
        counted(goodput.undetermined(), "undetermined"));
  }

  private static Row slo(SloCheck check) {
    return Row.of(
        check.met() ? Weight.VERBOSE : Weight.ALWAYS,
        "SLO",
        "%s %s: %s, limit %s ms"
            .formatted(
                check.objective(),
                check.met() ? "met" : "MISSED",
                check
                    .valueMs()
                    .map(
                        value ->
                            number(value)
                                + " ms"
                                + note(check).map(note -> " (" + note + ")").orElse("")
                                + check.upperMs().map(LevelRows::atMost).orElse(""))
                    .or(check::note)
                    .orElse("nothing was measured"),
                number(check.limitMs())));
  }

  private static Optional<String> note(SloCheck check) {
    return check
        .note()
        .map(
            note ->
                note
                    + check
                        .samplesNeeded()
                        .map(
                            samples ->
                                ", %s needs %d"
                                    .formatted(check.objective().replaceFirst(".*_", ""), samples))
                        .orElse(""));
  }

  private static String atMost(double upperMs) {
    return ", with 99 % confidence at most " + number(upperMs) + " ms";
  }

  static String counted(long count, String how) {
    return count == 0 ? "" : " | %d %s".formatted(count, how);
  }

  private static Row first(String label, String format, Object... values) {
    return Row.of(Weight.FIRST, label, String.format(Locale.ROOT, format, values));
  }

  private static Row verbose(String label, String format, Object... values) {
    return Row.of(Weight.VERBOSE, label, String.format(Locale.ROOT, format, values));
  }

  private LevelRows() {}
}
