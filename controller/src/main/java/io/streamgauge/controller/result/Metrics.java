package io.streamgauge.controller.result;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Distribution;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers of a level.
 *
 * @param durationS from the first request sent to the last answer ended, in s
 * @param outputTps output tokens of whole answers per second
 * @param totalTps input and output tokens of whole answers per second
 * @param rps whole answers per second
 */
public record Metrics(
    Requests requests,
    double durationS,
    long inputTokens,
    long outputTokens,
    long chunks,
    double outputTps,
    double totalTps,
    double rps,
    Map<String, Long> finishReasons,
    @JsonIgnore Map<Metric, Quantiles> latencies) {

  /** Requests by how they ended; {@code errors} by kind. */
  public record Requests(
      long total,
      long successful,
      long failed,
      long cancelled,
      long dropped,
      Map<String, Long> errors) {
    static Requests of(Counts counts, long dropped) {
      Map<String, Long> errors = new TreeMap<>();
      counts
          .outcomes()
          .forEach(
              (outcome, count) -> {
                if (outcome.failed()) {
                  errors.put(outcome.label(), count);
                }
              });
      return new Requests(
          counts.total() + dropped,
          counts.of(Outcome.OK),
          counts.failed(),
          counts.of(Outcome.CANCELLED),
          dropped,
          errors);
    }
  }

  static Metrics of(LevelEvidence evidence) {
    LevelTally tally = evidence.tally();
    Counts counts = tally.counts();
    double seconds = tally.window().seconds();
    return new Metrics(
        Requests.of(counts, evidence.client().dropped()),
        round(seconds),
        counts.inputTokens(),
        counts.outputTokens(),
        counts.chunks(),
        rate(counts.outputTokens(), seconds),
        rate(counts.inputTokens() + counts.outputTokens(), seconds),
        rate(counts.of(Outcome.OK), seconds),
        tally.finishReasons(),
        latencies(evidence));
  }

  private static Map<Metric, Quantiles> latencies(LevelEvidence evidence) {
    Map<Metric, Quantiles> latencies = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      Quantiles quantiles =
          Quantiles.of(
              switch (metric) {
                case ICL -> evidence.gaps().icl();
                case ITL -> evidence.tokenGapsKnown() ? evidence.gaps().itl() : Distribution.ZERO;
                case TTFT, TTFT_DUE, E2E, E2E_DUE, TPOT, TPOT_AFTER_FIRST, NTPOT, TTFO ->
                    evidence.tally().metric(metric);
              });
      latencies.put(metric, quantiles);
    }
    return latencies;
  }

  private static double rate(long count, double seconds) {
    return seconds == 0 ? 0 : round(count / seconds);
  }

  private static double round(double value) {
    return Math.round(value * 1e6) / 1e6;
  }

  public Quantiles of(Metric metric) {
    Quantiles quantiles = latencies.get(metric);
    if (quantiles == null) {
      throw new IllegalStateException("no numbers for " + metric);
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
