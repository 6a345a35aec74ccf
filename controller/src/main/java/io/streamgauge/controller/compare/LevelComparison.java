package io.streamgauge.controller.compare;

import io.streamgauge.controller.compare.MeasuredRun.MeasuredLevel;
import java.util.List;

/**
 * One level on two sides.
 *
 * @param notes what to know about the verdicts
 */
public record LevelComparison(
    String level,
    int baseRuns,
    int newRuns,
    List<Row> rows,
    List<Judged> gates,
    List<String> notes) {

  /** A gate that was held against the level. */
  public record Judged(String gate, Gate.Outcome outcome, String reason) {}

  static LevelComparison of(String level, Side base, Side other, Settings settings) {
    List<MeasuredLevel> before = base.level(level);
    List<MeasuredLevel> after = other.level(level);
    List<Row> rows = Rows.of(level, before, after, settings);
    return new LevelComparison(
        level,
        before.size(),
        after.size(),
        rows,
        settings.gates().stream().map(gate -> judged(gate, rows)).toList(),
        Notes.of(before, after, rows));
  }

  private static Judged judged(Gate gate, List<Row> rows) {
    Row row =
        rows.stream().filter(one -> one.measure().equals(gate.measure())).findFirst().orElseThrow();
    return new Judged(gate.text(), gate.judge(row), Words.reason(row));
  }
}
