package io.streamgauge.deploy.docs;

import static io.streamgauge.deploy.docs.Table.code;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.controller.result.finding.FindingCode;
import java.util.Arrays;

/** Tables of what the code lists by itself: findings, latencies, outcomes. */
final class EnumTables {
  static String findings() {
    Table table = new Table("code", "meaning", "what to do");
    Arrays.stream(FindingCode.values())
        .forEach(finding -> table.row(code(finding.label()), finding.meaning(), finding.remedy()));
    return table.toString();
  }

  static String latencies() {
    Table table = new Table("metric", "in results", "formula");
    Arrays.stream(Metric.values())
        .forEach(metric -> table.row(metric.label(), code(metric.key()), code(metric.formula())));
    return table.toString();
  }

  static String outcomes() {
    Table table = new Table("outcome", "meaning", "counts as");
    Arrays.stream(Outcome.values())
        .forEach(
            outcome ->
                table.row(
                    code(outcome.label()),
                    outcome.meaning(),
                    outcome == Outcome.OK ? "answered" : outcome.failed() ? "failed" : "neither"));
    return table.toString();
  }

  private EnumTables() {}
}
