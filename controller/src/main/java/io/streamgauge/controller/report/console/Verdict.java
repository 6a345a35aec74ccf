package io.streamgauge.controller.report.console;

import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.result.SloCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a run comes to, in one sentence. */
public final class Verdict {
  public static String of(RunResult result) {
    return status(result)
        + result.run().failure().map(why -> " (" + why + ")").orElse("")
        + ": "
        + String.join("; ", parts(result))
        + ".";
  }

  /** Those that the console shows in a line. */
  static List<String> parts(RunResult result) {
    List<LevelResult> levels = result.levels();
    if (result.capacity().isPresent()) {
      return List.of(CapacityTable.answer(result.capacity().get()));
    }
    if (levels.size() == 1) {
      return LevelVerdict.of(levels.getFirst());
    }
    List<String> parts = new ArrayList<>();
    parts.add(validity(levels));
    parts.add(failures(levels));
    List<SloCheck> checks = levels.stream().flatMap(level -> level.slo().stream()).toList();
    LevelVerdict.objectives(checks).ifPresent(parts::add);
    limits(levels).ifPresent(parts::add);
    return parts;
  }

  private static String status(RunResult result) {
    return switch (result.run().status()) {
      case COMPLETED -> "The run was carried through";
      case DEGRADED -> "The run lost a part of its load";
      case FAILED -> "The run failed";
      case CANCELLED -> "The run was cancelled";
      case INTERRUPTED -> "The run was interrupted";
    };
  }

  private static String validity(List<LevelResult> levels) {
    String told =
        levels.stream()
            .map(level -> named(level, LevelVerdict.validity(level)))
            .filter(text -> !text.endsWith(": " + LevelVerdict.VALID))
            .collect(Collectors.joining(", "));
    return told.isEmpty() ? "all levels are valid" : told;
  }

  private static String failures(List<LevelResult> levels) {
    long failed = levels.stream().mapToLong(level -> level.metrics().requests().failed()).sum();
    long all = levels.stream().mapToLong(level -> level.metrics().requests().total()).sum();
    return LevelVerdict.failures(failed, all);
  }

  private static Optional<String> limits(List<LevelResult> levels) {
    String told =
        levels.stream()
            .flatMap(level -> Limit.of(level).map(limit -> named(level, limit)).stream())
            .collect(Collectors.joining(", "));
    return told.isEmpty() ? Optional.empty() : Optional.of(told);
  }

  private static String named(LevelResult level, String text) {
    return level.name() + ": " + text;
  }

  private Verdict() {}
}
