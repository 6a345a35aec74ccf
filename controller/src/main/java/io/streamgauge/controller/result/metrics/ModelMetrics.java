package io.streamgauge.controller.result.metrics;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Window;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.tally.LevelTally;
import io.streamgauge.controller.result.tally.LevelTimes;
import io.streamgauge.controller.result.window.LevelWindows;
import io.streamgauge.controller.result.window.Rates;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers of one of several models in a load, as {@link Metrics} has them for all.
 *
 * @param outputTps output tokens of whole answers in the level's window, each answer's evenly from
 *     its first token to its end, per second
 * @param latencies without the gaps between chunks and tokens, which are pooled over all models
 */
public record ModelMetrics(
    Metrics.Requests requests,
    long inputTokens,
    long outputTokens,
    long chunks,
    double outputTps,
    double rps,
    @JsonIgnore Map<Metric, Quantiles> latencies) {

  /** By model, in the plan's order; empty where there is one only. */
  public static Optional<Map<String, ModelMetrics>> of(
      LevelEvidence evidence, LevelWindows windows) {
    Map<String, ModelMetrics> models = new LinkedHashMap<>();
    evidence.models().forEach((name, tally) -> models.put(name, of(tally, windows)));
    return Optional.of(models).filter(map -> !map.isEmpty());
  }

  private static ModelMetrics of(LevelTally tally, LevelWindows windows) {
    Window window = windows.whole();
    Counts counts = tally.counts();
    LevelTimes times = tally.times();
    Map<Metric, Quantiles> latencies = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      if (metric.perRequest()) {
        latencies.put(metric, Quantiles.of(tally.metric(metric)));
      }
    }
    return new ModelMetrics(
        Metrics.Requests.of(counts, 0),
        counts.inputTokens(),
        counts.outputTokens(),
        counts.chunks(),
        Rates.of(
            tally.tokensOf(_ -> true).within(window.from(), windows.tokensEnd()), window.seconds()),
        Rates.of(
            times.answered().filter(i -> window.holds(times.ended(i))).count(), window.seconds()),
        latencies);
  }

  public Quantiles of(Metric metric) {
    Quantiles quantiles = latencies.get(metric);
    if (quantiles == null) {
      throw new IllegalStateException("no numbers by model for " + metric);
    }
    return quantiles;
  }

  @JsonAnyGetter
  Map<String, Quantiles> latenciesByKey() {
    Map<String, Quantiles> byKey = new LinkedHashMap<>();
    latencies.forEach((metric, quantiles) -> byKey.put(metric.key(), quantiles));
    return byKey;
  }
}
