package io.streamgauge.controller.compare;

import io.streamgauge.controller.result.RunResult;
import java.util.Optional;

/** What a run is called, by the names that results and the summary give it, beside its log. */
public record RunNames(
    String log,
    String runId,
    String runName,
    String backend,
    Optional<String> variant,
    Optional<Integer> repeat,
    String model,
    long seed,
    String settingsHash) {
  public static RunNames of(MeasuredRun measured) {
    RunResult.Run run = measured.result().run();
    return new RunNames(
        measured.name(),
        run.id(),
        run.name(),
        run.backend(),
        run.variant(),
        run.repeat(),
        run.model(),
        run.seed(),
        run.settingsHash());
  }
}
