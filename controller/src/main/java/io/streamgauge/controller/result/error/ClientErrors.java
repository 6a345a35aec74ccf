package io.streamgauge.controller.result.error;

import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.slo.Slos;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.SloCheck;
import io.streamgauge.controller.result.metrics.Metrics;
import io.streamgauge.controller.result.tally.LevelTally;
import io.streamgauge.controller.stats.Moments;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far a level's numbers may be the client's own doing, by metric: the error of the worst agent,
 * which the others do not average away, against a share of the metric's median.
 *
 * @param metrics those of which something was measured
 * @param throughput absent where nothing tells
 * @param about the metrics that the run is about
 * @param aboutThroughput whether it is about throughput, too, for which there are no objectives
 */
public record ClientErrors(
    List<AgentError> agents,
    double tokens,
    Map<Metric, MetricError> metrics,
    Optional<MetricError> throughput,
    Set<Metric> about,
    boolean aboutThroughput) {
  /** What a run without objectives is about. */
  private static final Set<Metric> USUAL =
      Set.of(Metric.TTFT, Metric.ITL, Metric.ICL, Metric.TPOT, Metric.E2E);

  public static ClientErrors of(LevelEvidence evidence, Metrics metrics, Slos slos) {
    Counts counts = evidence.tally().counts();
    long answers = Math.max(1, counts.of(Outcome.OK));
    double tokens = (double) counts.outputTokens() / answers;
    List<AgentError> agents =
        evidence.clients().entrySet().stream()
            .map(client -> agent(evidence, client.getKey(), client.getValue()))
            .toList();
    Map<Metric, MetricError> errors = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      double limit = evidence.errorLimit().share() * typical(metrics, metric);
      if (limit > 0) {
        errors.put(metric, worst(agents, metric, tokens, limit));
      }
    }
    return new ClientErrors(
        agents,
        tokens,
        errors,
        throughput(evidence, metrics),
        about(evidence, slos),
        slos.all().isEmpty());
  }

  private static AgentError agent(LevelEvidence evidence, String agent, ClientStats stats) {
    LevelTally tally = evidence.tally();
    long answers = tally.ttftByAgent().getOrDefault(agent, new Moments()).count();
    return AgentError.of(agent, stats, evidence.level().load(), tally.chunks(agent), answers);
  }

  private static MetricError worst(
      List<AgentError> agents, Metric metric, double tokens, double limit) {
    return MetricError.of(
        agents.stream().mapToDouble(agent -> agent.of(metric, tokens).millis()).max().orElse(0),
        agents.stream()
            .mapToDouble(agent -> agent.of(metric, tokens).certainMillis())
            .max()
            .orElse(0),
        limit);
  }

  /**
   * The median. Of gaps it is that of the pace: the time a token stands in where chunks come in
   * bursts, so that the median gap is none.
   */
  private static double typical(Metrics metrics, Metric metric) {
    return switch (metric) {
      case ITL, ICL ->
          metrics.of(metric).count() == 0
              ? 0
              : Math.max(median(metrics, Metric.ICL), median(metrics, Metric.TPOT));
      case TTFT, TTFT_DUE, E2E, E2E_DUE, TPOT, TPOT_AFTER_FIRST, NTPOT, TTFO ->
          median(metrics, metric);
    };
  }

  private static double median(Metrics metrics, Metric metric) {
    Double p50 = metrics.of(metric).p50();
    return p50 == null ? 0 : p50;
  }

  /**
   * A closed loop's throughput falls with the time that its users think, an open one's moves with
   * what is sent late.
   */
  private static Optional<MetricError> throughput(LevelEvidence evidence, Metrics metrics) {
    double share = evidence.errorLimit().share();
    return switch (evidence.level().load()) {
      case ClosedLoop _ -> thinking(evidence.client().turnaround(), share, metrics);
      case OpenLoop _ -> shifted(evidence.client().scheduleLag(), share, metrics);
    };
  }

  private static Optional<MetricError> thinking(Distribution time, double share, Metrics metrics) {
    Double answer = metrics.of(Metric.E2E).mean();
    double mean = time.meanMillis().orElse(0);
    return time.count() == 0 || answer == null
        ? Optional.empty()
        : Optional.of(MetricError.of(mean, mean, share * answer));
  }

  private static Optional<MetricError> shifted(Distribution lag, double share, Metrics metrics) {
    Tail late = Tail.of(lag);
    double limit = share * metrics.durationS() * 1e3;
    return lag.count() == 0 || limit <= 0
        ? Optional.empty()
        : Optional.of(MetricError.of(late.millis(), late.certainMillis(), limit));
  }

  private static Set<Metric> about(LevelEvidence evidence, Slos slos) {
    return slos.all().isEmpty()
        ? USUAL
        : slos.all().stream()
            .map(slo -> SloCheck.judged(slo.metric(), evidence.level().load()))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether throughput does not hold and the run is about it. */
  public boolean throughputSpoilt() {
    return aboutThroughput && throughput.filter(error -> !error.valid()).isPresent();
  }

  /** Whether a latency that the run is about does not hold. */
  public boolean spoilt() {
    return metrics.entrySet().stream().anyMatch(one -> spoilt(one.getKey(), one.getValue()));
  }

  private boolean spoilt(Metric metric, MetricError error) {
    return about.contains(metric) && !error.valid();
  }

  /** The metric that may not hold and weighs most; empty where all hold. */
  public Optional<Metric> gravest() {
    return metrics.entrySet().stream()
        .filter(one -> one.getValue().doubtful())
        .max(
            Comparator.<Map.Entry<Metric, MetricError>>comparingInt(
                    one -> weight(one.getKey(), one.getValue()))
                .thenComparingDouble(one -> one.getValue().excess()))
        .map(Map.Entry::getKey);
  }

  private int weight(Metric metric, MetricError error) {
    return spoilt(metric, error) ? 2 : error.valid() ? 0 : 1;
  }

  /** Those that may not hold and are looked at first. */
  public List<Metric> doubtful() {
    return metrics.entrySet().stream()
        .filter(one -> one.getValue().doubtful())
        .map(Map.Entry::getKey)
        .filter(metric -> USUAL.contains(metric) || about.contains(metric))
        .toList();
  }

  /** The agent whose error of a metric is gravest. */
  public Optional<AgentError> worst(Metric metric) {
    double limit = limitMs(metric);
    return agents.stream()
        .max(
            Comparator.<AgentError>comparingInt(
                    agent -> agent.of(metric, tokens).certainMillis() > limit ? 1 : 0)
                .thenComparingDouble(agent -> agent.of(metric, tokens).millis()));
  }

  /** How much the client may add to a metric, in ms; 0 where nothing was measured of it. */
  public double limitMs(Metric metric) {
    return Optional.ofNullable(metrics.get(metric)).map(MetricError::limitMs).orElse(0.0);
  }

  /** As results give them, by the names that objectives have for them. */
  public Map<String, MetricError> byName() {
    Map<String, MetricError> byName = new LinkedHashMap<>();
    metrics.forEach((metric, error) -> byName.put(name(metric), error));
    throughput.ifPresent(error -> byName.put("throughput", error));
    return byName;
  }

  public static String name(Metric metric) {
    return metric.key().replaceAll("_ms$", "");
  }
}
