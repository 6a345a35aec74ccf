package io.streamgauge.controller.result.metrics;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.Window;
import io.streamgauge.common.plan.slo.Percentage;
import io.streamgauge.controller.engine.EngineEvidence;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.tally.LevelTally;
import io.streamgauge.controller.result.tally.LevelTimes;
import io.streamgauge.controller.result.tally.PromptLength;
import io.streamgauge.controller.result.window.LevelWindows;
import io.streamgauge.controller.result.window.Offered;
import io.streamgauge.controller.result.window.Rates;
import io.streamgauge.controller.result.window.ThroughputError;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The numbers of a level.
 *
 * @param durationS the length of the whole-run window, see {@link LevelWindows}, in s
 * @param inputTokens of whole answers, as are {@code outputTokens} and {@code chunks}
 * @param outputTps output tokens that arrived in the window, of whatever request, per second
 * @param inputTps input tokens of whole answers whose first token arrived in the window, per second
 * @param totalTps both together
 * @param rps whole answers that ended in the window, per second
 * @param outputTpsError the standard error of {@code outputTps}, see {@link ThroughputError}
 * @param peakOutputTps the most output tokens that arrived within any one second; absent where the
 *     window is shorter than that
 * @param peakConcurrency the most requests in flight at any moment
 * @param tpotUndetermined answers of one token, which have no TPOT
 * @param cachedTokens of the input tokens, those that were in the server's cache, where it tells
 * @param hiddenTokens of reasoning that the server counted and did not show, beside the output
 *     tokens
 * @param promptLength where the dataset asks for one and the server counts
 * @param texts what was kept of them, where that was asked for
 */
public record Metrics(
    Requests requests,
    double durationS,
    long inputTokens,
    long outputTokens,
    long chunks,
    double outputTps,
    Optional<Double> outputTpsError,
    double inputTps,
    double totalTps,
    double rps,
    Optional<Double> peakOutputTps,
    int peakConcurrency,
    long tpotUndetermined,
    FluidityReport fluidity,
    Map<String, Long> finishReasons,
    Optional<Long> cachedTokens,
    Optional<Long> hiddenTokens,
    CacheState cacheState,
    Optional<PromptLength> promptLength,
    Optional<TextReport> texts,
    @JsonIgnore Map<Metric, Quantiles> latencies) {

  /** Requests by how they ended; {@code errors} by kind. */
  public record Requests(
      long total,
      long successful,
      long failed,
      long cancelled,
      long dropped,
      Map<String, Long> errors) {
    public static Requests of(Counts counts, long dropped) {
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

    /**
     * Whether more failed than a plan bears, of those that the target had its say in: what was
     * dropped or cancelled makes no failure rarer.
     */
    public boolean tooManyFailed(Percentage most) {
      return most.exceededBy(failed, successful + failed);
    }
  }

  private static final long SECOND = 1_000_000_000;

  public static Metrics of(LevelEvidence evidence, LevelWindows windows) {
    LevelTally tally = evidence.tally();
    LevelTimes times = tally.times();
    Counts counts = tally.counts();
    Requests requests = Requests.of(counts, evidence.client().dropped());
    Window window = windows.whole();
    double seconds = window.seconds();
    long output = seconds == 0 ? 0 : evidence.tokens().within(window.from(), windows.tokensEnd());
    long input =
        times
            .answered()
            .filter(i -> window.holds(times.firstToken(i)))
            .mapToLong(times::inputTokens)
            .sum();
    long completed = times.answered().filter(i -> window.holds(times.ended(i))).count();
    return new Metrics(
        requests,
        Rates.round(seconds),
        counts.inputTokens(),
        counts.outputTokens(),
        counts.chunks(),
        Rates.of(output, seconds),
        ThroughputError.of(evidence.tokens(), window),
        Rates.of(input, seconds),
        Rates.of(input + output, seconds),
        Rates.of(completed, seconds),
        seconds < 1 ? Optional.empty() : Optional.of((double) evidence.tokens().most(SECOND)),
        times.mostInFlight(),
        tally.oneToken(),
        tally.fluidity(Offered.of(requests)),
        tally.finishReasons(),
        tally.cache().cachedTokens(),
        tally.oddities().hiddenTokens(),
        CacheState.of(tally.cache(), evidence.engine().flatMap(EngineEvidence::prefixUse)),
        tally.promptLength(),
        tally.texts(),
        latencies(evidence));
  }

  private static Map<Metric, Quantiles> latencies(LevelEvidence evidence) {
    Map<Metric, Quantiles> latencies = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      latencies.put(metric, Quantiles.of(distribution(evidence, metric)));
    }
    return latencies;
  }

  /** All that was measured of a metric. */
  public static Distribution distribution(LevelEvidence evidence, Metric metric) {
    return switch (metric) {
      case ICL -> evidence.gaps().icl();
      case ITL -> evidence.tokenGapsKnown() ? evidence.gaps().itl() : Distribution.ZERO;
      case TTFT, TTFT_DUE, E2E, E2E_DUE, TPOT, TPOT_AFTER_FIRST, NTPOT, TTFO ->
          evidence.tally().metric(metric);
    };
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
