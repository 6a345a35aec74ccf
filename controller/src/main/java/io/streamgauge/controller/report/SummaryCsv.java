package io.streamgauge.controller.report;

import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.controller.gpu.GpuEnergy;
import io.streamgauge.controller.gpu.GpuSummary;
import io.streamgauge.controller.gpu.GpuTotal;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.result.metrics.Metrics;
import io.streamgauge.controller.result.metrics.Quantiles;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The summary file: one row a run and level. Latencies in ms; a number that is not known is empty.
 */
public final class SummaryCsv {
  public static final String HEADER =
      "started_at,run_id,backend,model,level,load,status,valid,total_requests,successful,failed,"
          + "duration_s,system_tps,total_tps,rps,input_tokens,output_tokens,ttft_mean_ms,"
          + "ttft_p50_ms,ttft_p99_ms,e2e_mean_ms,e2e_p50_ms,e2e_p99_ms,tpot_mean_ms,itl_mean_ms,"
          + "itl_p50_ms,itl_p99_ms,gpu_util_mean_pct,gpu_util_max_pct,gpu_memory_mean_mb,"
          + "gpu_memory_max_mb,gpu_power_mean_w,gpu_power_max_w,gpu_temperature_mean_c,"
          + "gpu_temperature_max_c,energy_j,"
          + "gpus,energy_per_output_token_j,energy_per_total_token_j,findings,result_file";

  private static final List<GpuQuantity> GPU_QUANTITIES =
      List.of(GpuQuantity.UTIL, GpuQuantity.MEMORY, GpuQuantity.POWER, GpuQuantity.TEMPERATURE);

  /** The rows of a result, one a level. */
  public static List<String> rows(RunResult result, String file) {
    return result.levels().stream().map(level -> row(result, level, file)).toList();
  }

  private static String row(RunResult result, LevelResult level, String file) {
    RunResult.Run run = result.run();
    Metrics metrics = level.metrics();
    Quantiles ttft = metrics.of(Metric.TTFT);
    Quantiles e2e = metrics.of(Metric.E2E);
    Quantiles itl = metrics.of(Metric.ITL);
    StringJoiner row = new StringJoiner(",");
    row.add(run.startedAt());
    row.add(Csv.cell(run.id()));
    row.add(Csv.cell(run.backend()));
    row.add(Csv.cell(run.model()));
    row.add(Csv.cell(level.name()));
    row.add(Csv.cell(load(level.load().load())));
    row.add(run.status().label());
    row.add(Boolean.toString(level.validity().valid()));
    row.add(Long.toString(metrics.requests().total()));
    row.add(Long.toString(metrics.requests().successful()));
    row.add(Long.toString(metrics.requests().failed()));
    row.add(number(metrics.durationS()));
    row.add(number(metrics.outputTps()));
    row.add(number(metrics.totalTps()));
    row.add(number(metrics.rps()));
    row.add(Long.toString(metrics.inputTokens()));
    row.add(Long.toString(metrics.outputTokens()));
    row.add(number(ttft.mean()));
    row.add(number(ttft.p50()));
    row.add(number(ttft.p99()));
    row.add(number(e2e.mean()));
    row.add(number(e2e.p50()));
    row.add(number(e2e.p99()));
    row.add(number(metrics.of(Metric.TPOT).mean()));
    row.add(number(itl.mean()));
    row.add(number(itl.p50()));
    row.add(number(itl.p99()));
    gpus(row, level);
    row.add(
        String.join(
            " ",
            level.validity().findings().stream()
                .map(finding -> finding.code().label())
                .distinct()
                .toList()));
    row.add(Csv.cell(file));
    return row.toString();
  }

  /** Of several GPUs the mean of their means and the greatest maximum; energy is the sum. */
  private static void gpus(StringJoiner row, LevelResult level) {
    for (GpuQuantity quantity : GPU_QUANTITIES) {
      List<GpuSummary> summaries =
          level.gpu().stream().flatMap(gpu -> gpu.of(quantity).stream()).toList();
      row.add(number(summaries.stream().mapToDouble(GpuSummary::mean).average()));
      row.add(number(summaries.stream().mapToDouble(GpuSummary::max).max()));
    }
    Optional<GpuEnergy> energy = level.gpuTotal().map(GpuTotal::energy);
    row.add(number(energy.flatMap(GpuEnergy::energyJ).orElse(null)));
    row.add(level.gpu().isEmpty() ? "" : Integer.toString(level.gpu().size()));
    row.add(number(energy.flatMap(GpuEnergy::energyPerOutputTokenJ).orElse(null)));
    row.add(number(energy.flatMap(GpuEnergy::energyPerTotalTokenJ).orElse(null)));
  }

  /** A load in a few words. */
  static String load(Load load) {
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

  private static String number(OptionalDouble value) {
    return value.isPresent() ? number((Double) value.getAsDouble()) : "";
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.3f", value);
  }

  private SummaryCsv() {}
}
