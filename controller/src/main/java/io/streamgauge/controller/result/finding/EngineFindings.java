package io.streamgauge.controller.result.finding;

import static io.streamgauge.controller.result.finding.Finding.Severity.WARNING;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.controller.engine.EngineMean;
import io.streamgauge.controller.engine.EngineReport;
import io.streamgauge.controller.engine.ScheduleError;
import io.streamgauge.controller.result.error.ClientErrors;
import java.util.Optional;
import java.util.stream.Stream;

/** What the server's own numbers say of the client's. */
public final class EngineFindings {
  public static Stream<Finding> of(Optional<EngineReport> report, ClientErrors errors) {
    return report.stream()
        .flatMap(
            engine ->
                Stream.of(
                        disagrees("TTFT", engine.ttft()),
                        disagrees("ITL", engine.itl()),
                        late(engine.scheduleError(), errors))
                    .flatMap(Optional::stream));
  }

  /** What is little of a client would be of an engine, too. */
  private static Optional<Finding> late(Optional<ScheduleError> error, ClientErrors errors) {
    double limit =
        Stream.of(Metric.TTFT, Metric.ICL)
            .mapToDouble(errors::limitMs)
            .filter(ms -> ms > 0)
            .min()
            .orElse(Double.MAX_VALUE);
    return error
        .filter(engine -> engine.tailMs() > limit)
        .flatMap(
            engine ->
                Finding.when(
                    true,
                    FindingCode.ENGINE_LATE,
                    WARNING,
                    "the simulated engine was behind its own schedule, %s, where a client may be"
                        + " off by %.3f ms: so much of the latencies is the engine's lateness and"
                        + " not the client's; give it a core of its own or fewer streams",
                    engine,
                    limit));
  }

  private static Optional<Finding> disagrees(String name, Optional<EngineMean> mean) {
    return mean.filter(EngineMean::disagrees)
        .flatMap(
            apart ->
                Finding.when(
                    true,
                    FindingCode.SERVER_DISAGREES,
                    WARNING,
                    "mean %s: %.2f ms by the server's own count, %.2f ms here (%+.0f %%)%s",
                    name,
                    apart.meanMs(),
                    apart.clientMeanMs().orElse(0.0),
                    apart.offPct().orElse(0.0),
                    meaning(name, apart)));
  }

  private static String meaning(String name, EngineMean mean) {
    if (mean.offPct().orElse(0.0) > 0) {
      return "";
    }
    return name.equals("ITL")
        ? ": tokens came closer together than they were made, so something on the way holds them"
            + " back"
        : ": no token can come before it was made, so one of the two counts something else";
  }

  private EngineFindings() {}
}
