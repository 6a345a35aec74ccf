package io.streamgauge.controller.report.html;

import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.result.SloCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run comes to, in one sentence or a few. */
final class Verdict {
  static String of(RunResult result) {
    List<String> words = new ArrayList<>();
    words.add(status(result));
    result.run().failure().ifPresent(why -> words.add(why + "."));
    words.add(validity(result.levels()));
    String objectives = objectives(result.levels());
    if (!objectives.isEmpty()) {
      words.add(objectives);
    }
    words.add(failures(result.levels()));
    return String.join(" ", words);
  }

  private static String status(RunResult result) {
    return switch (result.run().status()) {
      case COMPLETED -> "The run was carried through.";
      case DEGRADED -> "The run lost a part of its load.";
      case FAILED -> "The run failed.";
      case CANCELLED -> "The run was cancelled.";
      case INTERRUPTED -> "The run was interrupted.";
    };
  }

  /** By metric, because a client that is late for one may be in time for another. */
  private static String validity(List<LevelResult> levels) {
    List<String> spoilt =
        levels.stream()
            .filter(level -> !level.validity().valid())
            .map(level -> level.name() + what(level))
            .toList();
    if (spoilt.isEmpty()) {
      return levels.size() == 1 ? "Its numbers hold." : "The numbers of all levels hold.";
    }
    return "Void: " + String.join("; ", spoilt) + ".";
  }

  private static String what(LevelResult level) {
    String metrics =
        level.validity().metrics().entrySet().stream()
            .filter(entry -> !entry.getValue().valid())
            .map(Map.Entry::getKey)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return metrics.isEmpty() ? "" : " (" + metrics + " do not hold)";
  }

  private static String objectives(List<LevelResult> levels) {
    List<SloCheck> checks = levels.stream().flatMap(level -> level.slo().stream()).toList();
    long met = checks.stream().filter(SloCheck::met).count();
    return checks.isEmpty() ? "" : "%d of %d objectives are met.".formatted(met, checks.size());
  }

  private static String failures(List<LevelResult> levels) {
    long failed = levels.stream().mapToLong(level -> level.metrics().requests().failed()).sum();
    long all = levels.stream().mapToLong(level -> level.metrics().requests().total()).sum();
    return failed == 0
        ? "None of %d requests failed.".formatted(all)
        : "%d of %d requests failed.".formatted(failed, all);
  }

  private Verdict() {}
}
