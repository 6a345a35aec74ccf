package io.streamgauge.controller.result.finding;

import static io.streamgauge.controller.result.finding.Finding.Severity.WARNING;

import io.streamgauge.controller.engine.EngineMean;
import io.streamgauge.controller.engine.EngineReport;
import java.util.Optional;
import java.util.stream.Stream;

/** What the server's own numbers say of the client's. */
public final class EngineFindings {
  public static Stream<Finding> of(Optional<EngineReport> report) {
    return report.stream()
        .flatMap(
            engine ->
                Stream.of(disagrees("TTFT", engine.ttft()), disagrees("ITL", engine.itl()))
                    .flatMap(Optional::stream));
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
