package io.streamgauge.controller.run;

import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.plan.Percentage;
import io.streamgauge.controller.result.LevelResult;
import java.util.List;
import java.util.Optional;

/** What the levels of a run that was carried through say of it as a whole. */
final class Verdict {
  static RunStatus status(Optional<String> failure, List<LevelResult> levels) {
    if (failure.isPresent()) {
      return RunStatus.FAILED;
    }
    return levels.stream().anyMatch(LevelResult::degraded)
        ? RunStatus.DEGRADED
        : RunStatus.COMPLETED;
  }

  /** Why a run without a single answer is no result. */
  static Optional<String> allFailed(List<LevelResult> levels) {
    return levels.stream()
        .map(level -> level.metrics().requests())
        .filter(requests -> requests.failed() > 0 && requests.successful() == 0)
        .findFirst()
        .map(
            requests ->
                "all %d requests failed: %s".formatted(requests.failed(), requests.errors()));
  }

  /** Why a run with answers still exits with 1. */
  static Optional<String> tooManyFailed(List<LevelResult> levels, Percentage most) {
    return levels.stream()
        .filter(
            level ->
                most.exceededBy(
                    level.metrics().requests().failed(), level.metrics().requests().total()))
        .findFirst()
        .map(
            level ->
                "level %s: %d of %d requests failed, more than --max-failed %s"
                    .formatted(
                        level.name(),
                        level.metrics().requests().failed(),
                        level.metrics().requests().total(),
                        most.text()));
  }

  private Verdict() {}
}
