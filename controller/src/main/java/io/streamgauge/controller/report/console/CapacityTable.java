package io.streamgauge.controller.report.console;

import io.streamgauge.common.plan.load.LoadKind;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.result.capacity.Attainment;
import io.streamgauge.controller.result.capacity.Capacity;
import io.streamgauge.controller.result.capacity.ObjectiveTest;
import io.streamgauge.controller.result.capacity.Tried;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The loads that a search for the most tried, a row an objective each, and its answer. */
final class CapacityTable {
  private static final int NAMES = 1;
  private static final double MINUTE = 60;

  /** Absent where the most load is not sought. */
  static Optional<List<String>> of(RunResult result) {
    return result.capacity().map(capacity -> lines(result, capacity));
  }

  private static List<String> lines(RunResult result, Capacity capacity) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "=== CAPACITY OF %s (%s) ===".formatted(result.run().backend(), unit(capacity.load())));
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "level",
            "load",
            "objective",
            "requests",
            "within",
            "needed",
            "design effect",
            "tok/s",
            "cost",
            "proof"));
    List<LevelResult> levels =
        result.levels().stream().filter(level -> level.attainment().isPresent()).toList();
    for (int i = 0; i < levels.size(); i++) {
      rows.addAll(rows(levels.get(i), capacity.levels().get(i)));
    }
    lines.addAll(Columns.of(rows, NAMES));
    lines.add("");
    lines.add(
        "Model:          %s at %s".formatted(result.run().model(), result.environment().url()));
    lines.add("Capacity:       " + answer(capacity));
    if (capacity.passesUpTo().isEmpty()) {
      tooShort(levels).ifPresent(lines::add);
    }
    return lines;
  }

  /** Of the levels that kept the objectives but were too short to prove it, the nearest to it. */
  private static Optional<String> tooShort(List<LevelResult> levels) {
    return levels.stream()
        .filter(level -> level.attainment().stream().anyMatch(Attainment::tooShort))
        .min(Comparator.comparingDouble(CapacityTable::needed))
        .map(
            level ->
                String.format(
                    Locale.ROOT,
                    "Too short:      %s kept the objectives; to prove it a level takes %.0f s or"
                        + " more: give that as --duration, or a longer --within",
                    level.name(),
                    Math.ceil(needed(level))));
  }

  private static double needed(LevelResult level) {
    return level.attainment().orElseThrow().neededSeconds();
  }

  private static List<List<String>> rows(LevelResult level, Tried tried) {
    return level.attainment().map(Attainment::objectives).orElse(List.of()).stream()
        .map(test -> row(level, tried, test))
        .toList();
  }

  private static List<String> row(LevelResult level, Tried tried, ObjectiveTest test) {
    return List.of(
        level.name(),
        plain(tried.load()),
        test.objective(),
        Long.toString(test.requests()),
        test.requests() == 0 ? "n/a" : percent(1 - (double) test.missed() / test.requests()),
        percent(test.needed()),
        String.format(Locale.ROOT, "%.1f", test.designEffect()),
        ConsoleReport.number(level.metrics().outputTps()),
        String.format(Locale.ROOT, "%.0f s", tried.seconds()),
        switch (tried.outcome()) {
          case PASSES, FAILS, UNDECIDED -> test.proof().label();
          case VOID -> "void";
          case CUT_SHORT -> "cut short";
        });
  }

  /** In a sentence. */
  static String answer(Capacity capacity) {
    String unit = unit(capacity.load());
    List<String> parts = new ArrayList<>();
    parts.add(
        capacity
            .passesUpTo()
            .map(
                load ->
                    "proved to pass up to %s %s (%s)"
                        .formatted(
                            plain(load),
                            unit,
                            capacity.confirmed()
                                ? "twice, the second time in a fresh window"
                                : "once: no time was left to test it again"))
            .orElse("no load is proved to pass"));
    parts.add(
        capacity
            .failsFrom()
            .map(load -> "proved to fail from %s %s".formatted(plain(load), unit))
            .orElse("none is proved to fail"));
    capacity
        .clientLimit()
        .ifPresent(
            load ->
                parts.add(
                    "at %s %s the measurement was void: the client was the limit, which says nothing of the server"
                        .formatted(plain(load), unit)));
    return "%s; at %.0f %% confidence each, in %s over %d levels"
        .formatted(
            String.join(", ", parts),
            capacity.confidence() * 100,
            time(capacity.seconds()),
            capacity.levels().size());
  }

  private static String unit(LoadKind load) {
    return switch (load) {
      case CONCURRENCY -> "users";
      case RATE -> "requests/s";
    };
  }

  private static String time(double seconds) {
    return seconds < 2 * MINUTE
        ? String.format(Locale.ROOT, "%.0f s", seconds)
        : String.format(Locale.ROOT, "%.1f min", seconds / MINUTE);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", share * 100);
  }

  private static String plain(double amount) {
    return BigDecimal.valueOf(amount).stripTrailingZeros().toPlainString();
  }

  private CapacityTable() {}
}
