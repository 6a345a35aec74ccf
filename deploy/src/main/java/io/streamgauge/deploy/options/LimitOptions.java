package io.streamgauge.deploy.options;

import io.streamgauge.common.plan.slo.ErrorLimit;
import io.streamgauge.common.plan.slo.Limits;
import io.streamgauge.common.plan.slo.Percentage;
import io.streamgauge.common.plan.slo.Slo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code run} that say what its results must keep to. */
final class LimitOptions {
  @Option(
      names = "--max-failed",
      paramLabel = "SHARE",
      description = "More failed requests than this and the exit code is 1. Default: 1%%.")
  @Nullable String maxFailed;

  @Option(
      names = "--max-client-error",
      paramLabel = "SHARE",
      description =
          "How much the client may have added to a metric at p99, as a share of its median, before"
              + " the metric does not hold; a level is void (exit code 4) when one does not that"
              + " the run is about; off never voids. Default: 2%%.")
  @Nullable String maxClientError;

  @Option(
      names = "--slo",
      paramLabel = "METRIC=LIMIT",
      description = "An objective such as ttft_p99=500ms; repeatable; sets the exit code.")
  List<String> slo = new ArrayList<>();

  /** The limits with what was given over what they have. */
  Limits over(Limits base) {
    return new Limits(
        base.slo().with(slo.stream().map(Slo::parse).toList()),
        maxFailed == null ? base.maxFailed() : Percentage.parse(maxFailed),
        maxClientError == null ? base.maxClientError() : ErrorLimit.parse(maxClientError));
  }
}
