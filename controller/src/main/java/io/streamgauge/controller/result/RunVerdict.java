package io.streamgauge.controller.result;

import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.slo.Percentage;
import io.streamgauge.controller.log.LostAgent;
import io.streamgauge.controller.result.finding.Finding;
import io.streamgauge.controller.result.finding.FindingCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the levels of a run that was carried through say of it as a whole. */
public final class RunVerdict {
  public static RunStatus status(Optional<String> failure, List<LevelResult> levels) {
    if (failure.isPresent()) {
      return RunStatus.FAILED;
    }
    return levels.stream().anyMatch(LevelResult::degraded)
        ? RunStatus.DEGRADED
        : RunStatus.COMPLETED;
  }

  /**
   * Why a level without a single answer makes the run no result; one of many that seek the most
   * load does not.
   */
  public static Optional<String> nothingMeasured(Plan plan, List<LevelResult> levels) {
    return plan.course().find().isPresent()
            && levels.stream().anyMatch(level -> level.metrics().requests().successful() > 0)
        ? Optional.empty()
        : nothingMeasured(levels);
  }

  private static Optional<String> nothingMeasured(List<LevelResult> levels) {
    return levels.stream()
        .flatMap(
            level ->
                level.finding(FindingCode.NOTHING_MEASURED).map(why -> of(level, why)).stream())
        .findFirst();
  }

  /** Why a run that was carried through is still not done, or only in part. */
  public static Optional<String> undone(Plan plan, List<LevelResult> levels) {
    return (plan.course().find().isPresent()
            ? Optional.<String>empty()
            : tooManyFailed(levels, plan.limits().maxFailed()))
        .or(() -> stopped(levels))
        .or(() -> lost(levels));
  }

  private static Optional<String> tooManyFailed(List<LevelResult> levels, Percentage most) {
    return levels.stream()
        .filter(level -> level.metrics().requests().tooManyFailed(most))
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

  private static Optional<String> stopped(List<LevelResult> levels) {
    return levels.stream()
        .flatMap(
            level -> level.finding(FindingCode.STOPPED_EARLY).map(why -> of(level, why)).stream())
        .findFirst();
  }

  /** Which share of the load went with the agents that were lost. */
  private static Optional<String> lost(List<LevelResult> levels) {
    List<String> losses =
        levels.stream()
            .filter(LevelResult::degraded)
            .map(
                level ->
                    level.lostAgents().stream()
                        .filter(agent -> !agent.beforeTheStart())
                        .map(LostAgent::loss)
                        .collect(
                            Collectors.joining(", ", "level " + level.name() + ": lost: ", "")))
            .toList();
    return losses.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", losses));
  }

  private static String of(LevelResult level, Finding finding) {
    return "level %s: %s".formatted(level.name(), finding.message());
  }

  private RunVerdict() {}
}
