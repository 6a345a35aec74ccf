package io.streamgauge.controller.result.finding;

import static io.streamgauge.controller.result.finding.Finding.Severity.VOID;
import static io.streamgauge.controller.result.finding.Finding.Severity.WARNING;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.slo.ErrorLimit;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.error.AgentError;
import io.streamgauge.controller.result.error.ClientErrors;
import io.streamgauge.controller.result.error.MetricError;
import io.streamgauge.controller.result.finding.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the client measured the server or itself. */
final class LagFindings {
  static Stream<Finding> of(LevelEvidence evidence, ClientErrors errors) {
    return Stream.of(latencies(evidence, errors), throughput(evidence, errors))
        .flatMap(Optional::stream);
  }

  /** Of the metric that weighs most, with the others that may not hold. */
  private static Optional<Finding> latencies(LevelEvidence evidence, ClientErrors errors) {
    return errors
        .gravest()
        .flatMap(metric -> errors.worst(metric).map(agent -> lag(evidence, errors, metric, agent)));
  }

  private static Finding lag(
      LevelEvidence evidence, ClientErrors errors, Metric metric, AgentError agent) {
    return new Finding(
        FindingCode.CLIENT_LAG,
        severity(evidence, errors),
        text(
            "%s, over %s %% of the median %s (%.3f ms): that much of it may be the client's%s; give"
                + " it free cores, fewer streams an agent or more agents",
            cause(agent, metric),
            percent(evidence.errorLimit()),
            metric.label(),
            errors.limitMs(metric),
            others(errors.doubtful(), metric)));
  }

  private static String cause(AgentError agent, Metric metric) {
    return switch (agent.source(metric)) {
      case STAMPS -> stamps(agent, metric);
      case HANDING ->
          "requests of %s were stamped as sent %s before the kernel had taken them"
              .formatted(agent.agent(), agent.handing().text());
      case BEHIND ->
          "requests of %s were sent %s behind their due time"
              .formatted(agent.agent(), agent.behind().text());
    };
  }

  private static String stamps(AgentError agent, Metric metric) {
    String late = agent.stamps(metric).text();
    return agent.bounded()
        ? text(
            "%.1f %% of the events of %s came in one read with a later one, or without the"
                + " kernel's stamp: their stamps may be late by %s of all",
            agent.lateShare() * 100, agent.agent(), late)
        : text(
            "the client's own stamps of %s were late by %s, as its event loops were",
            agent.agent(), late);
  }

  private static String others(List<Metric> doubtful, Metric told) {
    String names =
        doubtful.stream()
            .filter(metric -> metric != told)
            .map(Metric::label)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : " (and " + names + " may not hold)";
  }

  private static Optional<Finding> throughput(LevelEvidence evidence, ClientErrors errors) {
    return errors
        .throughput()
        .filter(MetricError::doubtful)
        .map(
            error ->
                new Finding(
                    FindingCode.CLIENT_LAG,
                    severity(evidence, errors.throughputSpoilt()),
                    text(
                        "%s, over %s %% of %s (%.3f ms): so far throughput is the client's",
                        switch (evidence.level().load()) {
                          case ClosedLoop _ ->
                              text(
                                  "the users' next requests went out %.2f ms after their answers on"
                                      + " average",
                                  error.errorMs());
                          case OpenLoop _ ->
                              text("requests were sent %.2f ms late at p99", error.errorMs());
                        },
                        percent(evidence.errorLimit()),
                        switch (evidence.level().load()) {
                          case ClosedLoop _ -> "the time of an answer";
                          case OpenLoop _ -> "the level's time";
                        },
                        error.limitMs())));
  }

  static Severity severity(LevelEvidence evidence, ClientErrors errors) {
    return severity(evidence, errors.spoilt());
  }

  /** Our own engine in one process with the client is a demonstration, of which nothing hangs. */
  private static Severity severity(LevelEvidence evidence, boolean spoilt) {
    return spoilt && evidence.errorLimit().voids() && !evidence.ownEngine() ? VOID : WARNING;
  }

  private static String percent(ErrorLimit limit) {
    double percent = limit.share() * 100;
    return percent == Math.rint(percent) ? text("%.0f", percent) : String.valueOf(percent);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private LagFindings() {}
}
