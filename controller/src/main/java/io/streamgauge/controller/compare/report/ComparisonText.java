package io.streamgauge.controller.compare.report;

import io.streamgauge.controller.compare.Comparison;
import io.streamgauge.controller.compare.Comparison.Pair;
import io.streamgauge.controller.compare.LevelComparison;
import io.streamgauge.controller.compare.Row;
import io.streamgauge.controller.compare.Row.Compared;
import io.streamgauge.controller.compare.Words;
import io.streamgauge.controller.report.console.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison as the console shows it. */
public final class ComparisonText {
  public static String of(Comparison comparison) {
    StringBuilder text = new StringBuilder();
    comparison.pairs().forEach(pair -> pair(text, comparison, pair));
    return text.toString();
  }

  private static void pair(StringBuilder text, Comparison comparison, Pair pair) {
    line(
        text,
        "=== COMPARISON: %s with %s as the base ===",
        side(pair.other()),
        side(comparison.base()));
    pair.refusals().forEach(reason -> line(text, "not comparable: %s", reason));
    pair.notes().forEach(note -> line(text, "note: %s", note));
    pair.levels().forEach(level -> level(text, level));
  }

  static String side(Comparison.Runs side) {
    int runs = side.runs().size();
    return "%s (%d run%s)".formatted(side.name(), runs, runs == 1 ? "" : "s");
  }

  private static void level(StringBuilder text, LevelComparison level) {
    line(text, "");
    line(text, "Level %s: %d against %d runs", level.level(), level.newRuns(), level.baseRuns());
    if (level.rows().stream().anyMatch(Compared.class::isInstance)) {
      table(text, level);
    }
    Words.uncompared(level.rows()).forEach(row -> line(text, "not compared: %s", row));
    level.notes().forEach(note -> line(text, "note: %s", note));
    level
        .gates()
        .forEach(
            gate ->
                line(text, "gate %s: %s (%s)", gate.gate(), gate.outcome().label(), gate.reason()));
  }

  private static void table(StringBuilder text, LevelComparison level) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("metric", "verdict", "base", "new", "change", "95 % interval", "noise"));
    for (Row row : level.rows()) {
      if (row instanceof Compared compared) {
        rows.add(
            List.of(
                compared.measure().label() + (compared.primary() ? " *" : ""),
                Words.verdict(compared),
                Words.value(compared.base()),
                Words.value(compared.other()),
                Words.change(compared.change()),
                Words.interval(compared),
                noise(compared)));
      }
    }
    Columns.of(rows, 2).forEach(row -> line(text, "  %s", row));
    line(text, "  * what the comparison is about; the others are judged together (Holm)");
  }

  static String noise(Compared row) {
    return row.noiseFloor()
        .map(floor -> String.format(Locale.ROOT, "±%.1f %%", floor * 100))
        .orElse("unknown");
  }

  private static void line(StringBuilder text, String form, Object... values) {
    text.append(String.format(Locale.ROOT, form, values)).append('\n');
  }

  private ComparisonText() {}
}
