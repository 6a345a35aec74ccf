package io.streamgauge.controller.report;

import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.LoadKind;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.controller.gpu.GpuEnergy;
import io.streamgauge.controller.gpu.GpuSummary;
import io.streamgauge.controller.gpu.GpuTotal;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.result.metrics.Goodput;
import io.streamgauge.controller.result.metrics.Metrics;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The summary file: one row a run and level. Latencies in ms; a number that is not known is empty.
 */
public final class SummaryCsv {
  /** A level of a result, and the file that holds it. */
  private record Place(RunResult result, LevelResult level, String file) {
    RunResult.Run run() {
      return result.run();
    }

    Load load() {
      return level.load().load();
    }

    Metrics metrics() {
      return level.metrics();
    }

    Optional<GpuEnergy> energy() {
      return level.gpuTotal().map(GpuTotal::energy);
    }
  }

  private record Column(String name, Function<Place, String> cell) {}

  private static final List<Column> COLUMNS =
      Stream.of(
              identity(),
              load(),
              counts(),
              quantiles("ttft", Metric.TTFT),
              quantiles("e2e", Metric.E2E),
              quantiles("tpot", Metric.TPOT),
              quantiles("itl", Metric.ITL),
              gpu("util", "pct", GpuQuantity.UTIL),
              gpu("memory", "mb", GpuQuantity.MEMORY),
              gpu("power", "w", GpuQuantity.POWER),
              gpu("temperature", "c", GpuQuantity.TEMPERATURE),
              energy(),
              List.of(
                  new Column("findings", SummaryCsv::findings), text("result_file", Place::file)))
          .flatMap(List::stream)
          .toList();

  public static final String HEADER =
      COLUMNS.stream().map(Column::name).collect(Collectors.joining(","));

  /** The rows of a result, one a level. */
  public static List<String> rows(RunResult result, String file) {
    return result.levels().stream().map(level -> row(new Place(result, level, file))).toList();
  }

  private static String row(Place place) {
    return COLUMNS.stream()
        .map(column -> column.cell().apply(place))
        .collect(Collectors.joining(","));
  }

  private static List<Column> identity() {
    return List.of(
        text("started_at", at -> at.run().startedAt()),
        text("run_id", at -> at.run().id()),
        text("run_name", at -> at.run().name()),
        text("backend", at -> at.run().backend()),
        text("variant", at -> at.run().variant().orElse("")),
        text("model", at -> at.run().model()),
        text("repeat", at -> at.run().repeat().map(String::valueOf).orElse("")),
        text("seed", at -> Long.toString(at.run().seed())),
        text("settings_hash", at -> at.run().settingsHash()),
        text("workload_hash", at -> at.level().validity().workload()));
  }

  private static List<Column> load() {
    return List.of(
        text("level", at -> at.level().name()),
        text("load", at -> load(at.load())),
        text("load_kind", at -> LoadKind.of(at.load()).label()),
        text("load_value", at -> plain(at.load().amount())),
        text("status", at -> at.run().status().label()),
        text("valid", at -> Boolean.toString(at.level().validity().valid())));
  }

  private static List<Column> counts() {
    return List.of(
        count("total_requests", at -> at.metrics().requests().total()),
        count("successful", at -> at.metrics().requests().successful()),
        count("failed", at -> at.metrics().requests().failed()),
        count("cancelled", at -> at.metrics().requests().cancelled()),
        count("dropped", at -> at.metrics().requests().dropped()),
        number("duration_s", at -> at.metrics().durationS()),
        number("system_tps", at -> at.metrics().outputTps()),
        number("total_tps", at -> at.metrics().totalTps()),
        number("rps", at -> at.metrics().rps()),
        number("goodput_rps", at -> at.level().goodput().map(Goodput::goodputRps).orElse(null)),
        count("input_tokens", at -> at.metrics().inputTokens()),
        count("output_tokens", at -> at.metrics().outputTokens()));
  }

  private static List<Column> quantiles(String stem, Metric metric) {
    return List.of(
        number(stem + "_mean_ms", at -> at.metrics().of(metric).mean()),
        number(stem + "_p50_ms", at -> at.metrics().of(metric).p50()),
        number(stem + "_p90_ms", at -> at.metrics().of(metric).p90()),
        number(stem + "_p95_ms", at -> at.metrics().of(metric).p95()),
        number(stem + "_p99_ms", at -> at.metrics().of(metric).p99()));
  }

  /** Of several GPUs the mean of their means and the greatest maximum. */
  private static List<Column> gpu(String stem, String unit, GpuQuantity quantity) {
    return List.of(
        new Column(
            "gpu_%s_mean_%s".formatted(stem, unit),
            at -> number(summaries(at, quantity, GpuSummary::mean).average())),
        new Column(
            "gpu_%s_max_%s".formatted(stem, unit),
            at -> number(summaries(at, quantity, GpuSummary::max).max())));
  }

  private static DoubleStream summaries(
      Place place, GpuQuantity quantity, Function<GpuSummary, Double> value) {
    return place.level().gpu().stream()
        .flatMap(gpu -> gpu.of(quantity).stream())
        .mapToDouble(value::apply);
  }

  /** Of several GPUs the sum. */
  private static List<Column> energy() {
    return List.of(
        number("energy_j", at -> at.energy().flatMap(GpuEnergy::energyJ).orElse(null)),
        text("gpus", at -> at.level().gpu().isEmpty() ? "" : "" + at.level().gpu().size()),
        number(
            "energy_per_output_token_j",
            at -> at.energy().flatMap(GpuEnergy::energyPerOutputTokenJ).orElse(null)),
        number(
            "energy_per_total_token_j",
            at -> at.energy().flatMap(GpuEnergy::energyPerTotalTokenJ).orElse(null)));
  }

  private static String findings(Place place) {
    return place.level().validity().findings().stream()
        .map(finding -> finding.code().label())
        .distinct()
        .collect(Collectors.joining(" "));
  }

  /** A load in a few words. */
  public static String load(Load load) {
    return switch (load) {
      case ClosedLoop closed -> "concurrency " + closed.concurrency();
      case OpenLoop open ->
          "rate %s/s %s%s"
              .formatted(
                  number(open.rate()),
                  open.arrival().text(),
                  open.maxConcurrency().map(cap -> " max " + cap).orElse(""));
    };
  }

  private static Column text(String name, Function<Place, String> text) {
    return new Column(name, at -> Csv.cell(text.apply(at)));
  }

  private static Column count(String name, ToLongFunction<Place> count) {
    return new Column(name, at -> Long.toString(count.applyAsLong(at)));
  }

  private static Column number(String name, Function<Place, @Nullable Double> value) {
    return new Column(name, at -> number(value.apply(at)));
  }

  /** {@code 8} and {@code 2.5}. */
  private static String plain(double amount) {
    return BigDecimal.valueOf(amount).stripTrailingZeros().toPlainString();
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? number((Double) value.getAsDouble()) : "";
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.3f", value);
  }

  private SummaryCsv() {}
}
