package io.streamgauge.controller.book;

import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.RunEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known of a run at a moment, as the API shows it.
 *
 * @param status how it ended, once it has
 * @param notes the latest lines for the user
 * @param live the latest numbers of the level that runs or ran last
 * @param findings on the measured levels that are over, in their order
 * @param exitCode once it has ended
 */
public record RunView(
    String id,
    String name,
    RunState state,
    Optional<RunStatus> status,
    Instant submittedAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    List<String> notes,
    Optional<RunEvent.LiveStats> live,
    List<LevelFinding> findings,
    List<BackendResult> results,
    Optional<Integer> exitCode,
    Optional<String> failure) {
  /** Where the API has its runs. */
  public static final String PATH = "/api/v1/runs";

  public RunView {
    notes = List.copyOf(notes);
    findings = List.copyOf(findings);
    results = List.copyOf(results);
  }

  /** The gravest of its results'; of a run without any why it was stopped, else that it failed. */
  public static RunStatus statusOf(RunEvent.Ended ended) {
    return ended.results().stream()
        .map(written -> RunStatus.valueOf(written.status().toUpperCase(Locale.ROOT)))
        .max(Comparator.naturalOrder())
        .or(ended::stopped)
        .orElse(RunStatus.FAILED);
  }
}
