package io.streamgauge.controller.result;

import static io.streamgauge.controller.result.Finding.Severity.INFO;
import static io.streamgauge.controller.result.Finding.Severity.WARNING;

import io.streamgauge.common.measure.ClientStats;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.plan.OpenLoop;
import io.streamgauge.controller.result.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What is to be known about a level's numbers; each rule is a function of the evidence. */
final class Findings {
  /** The share of the median TTFT or TPOT beyond which the client's own lag matters. */
  private static final double LAG_SHARE = 0.02;

  private static final List<BiFunction<LevelEvidence, Metrics, Optional<Finding>>> RULES =
      List.of(
          Findings::stopped,
          Findings::failed,
          Findings::tokensNotCounted,
          Findings::chunksAreNotTokens,
          Findings::manyTokensInFirstChunk,
          Findings::fewerTokensThanAsked,
          Findings::capReached,
          Findings::dropped,
          Findings::clientLag,
          Findings::staleConnections);

  static List<Finding> of(LevelEvidence evidence, Metrics metrics) {
    return RULES.stream().flatMap(rule -> rule.apply(evidence, metrics).stream()).toList();
  }

  private static Optional<Finding> stopped(LevelEvidence evidence, Metrics metrics) {
    return evidence
        .stopped()
        .map(why -> new Finding("stopped_early", WARNING, "the level ended early: " + why));
  }

  private static Optional<Finding> failed(LevelEvidence evidence, Metrics metrics) {
    String kinds =
        evidence.tally().counts().outcomes().entrySet().stream()
            .filter(entry -> entry.getKey().failed())
            .sorted(Map.Entry.comparingByKey())
            .map(
                entry ->
                    "%d %s (%s; first: %s)"
                        .formatted(
                            entry.getValue(),
                            entry.getKey().label(),
                            entry.getKey().meaning(),
                            evidence.tally().firstErrors().getOrDefault(entry.getKey(), "")))
            .collect(Collectors.joining(", "));
    return when(
        metrics.requests().failed() > 0,
        "requests_failed",
        WARNING,
        "%d of %d requests failed: %s",
        metrics.requests().failed(),
        metrics.requests().total(),
        kinds);
  }

  private static Optional<Finding> tokensNotCounted(LevelEvidence evidence, Metrics metrics) {
    return when(
        evidence.tally().uncounted() > 0,
        "tokens_not_counted",
        WARNING,
        "the server gave no usage for %d answers: their chunks are counted as tokens",
        evidence.tally().uncounted());
  }

  private static Optional<Finding> chunksAreNotTokens(LevelEvidence evidence, Metrics metrics) {
    return when(
        !evidence.tokenGapsKnown(),
        "chunks_not_tokens",
        WARNING,
        "%.2f chunks a token: the gaps between tokens cannot be known, see icl_ms for those between"
            + " chunks",
        evidence.chunksPerToken());
  }

  private static Optional<Finding> manyTokensInFirstChunk(LevelEvidence evidence, Metrics metrics) {
    return when(
        evidence.tally().manyInFirst() > 0,
        "first_chunk_tokens",
        INFO,
        "the first chunk of %d answers held several tokens: see tpot_after_first_ms beside tpot_ms",
        evidence.tally().manyInFirst());
  }

  private static Optional<Finding> fewerTokensThanAsked(LevelEvidence evidence, Metrics metrics) {
    long stopped =
        evidence.tally().finishReasons().entrySet().stream()
            .filter(reason -> !reason.getKey().equals("length"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    return when(
        evidence.request().ignoreEos() && stopped > 0,
        "output_length",
        WARNING,
        "%d answers did not end by length although ignore_eos was asked for: %s",
        stopped,
        evidence.tally().finishReasons());
  }

  private static Optional<Finding> capReached(LevelEvidence evidence, Metrics metrics) {
    double held = evidence.client().capNanos() / 1e9;
    return when(
        evidence.level().load() instanceof OpenLoop && held > 0,
        "cap_reached",
        WARNING,
        "max_concurrency held requests back for %.3f s of %.3f s: for that time the loop was not"
            + " open; read the latencies from the due time",
        held,
        metrics.durationS());
  }

  private static Optional<Finding> dropped(LevelEvidence evidence, Metrics metrics) {
    return when(
        metrics.requests().dropped() > 0,
        "requests_dropped",
        WARNING,
        "%d requests were due but still waited for max_concurrency when the level's time was over",
        metrics.requests().dropped());
  }

  private static Optional<Finding> clientLag(LevelEvidence evidence, Metrics metrics) {
    ClientStats client = evidence.client();
    double lag = client.loopLag().quantileMillis(0.99).orElse(0);
    Metric pace = evidence.tokenGapsKnown() ? Metric.ITL : Metric.ICL;
    double limit = LAG_SHARE * Math.min(median(metrics, Metric.TTFT), median(metrics, pace));
    return when(
        lag > limit,
        "client_lag",
        WARNING,
        "the client's event loops were late by %.2f ms at p99, over %.0f %% of the median TTFT or"
            + " gap (%.3f ms): that much of the latencies may be the client's",
        lag,
        LAG_SHARE * 100,
        limit);
  }

  private static double median(Metrics metrics, Metric metric) {
    Double p50 = metrics.of(metric).p50();
    return p50 == null ? Double.POSITIVE_INFINITY : p50;
  }

  private static Optional<Finding> staleConnections(LevelEvidence evidence, Metrics metrics) {
    return when(
        evidence.client().stale() > 0,
        "stale_connections",
        INFO,
        "the server had closed %d connections that it said it would keep; their requests went over"
            + " new ones",
        evidence.client().stale());
  }

  private static Optional<Finding> when(
      boolean found, String code, Severity severity, String message, Object... values) {
    return found
        ? Optional.of(new Finding(code, severity, String.format(Locale.ROOT, message, values)))
        : Optional.empty();
  }

  private Findings() {}
}
