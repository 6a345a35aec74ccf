package io.streamgauge.controller.compare.report;

import io.streamgauge.controller.compare.Comparison;
import io.streamgauge.controller.compare.Comparison.Pair;
import io.streamgauge.controller.compare.LevelComparison;
import io.streamgauge.controller.compare.Row;
import io.streamgauge.controller.compare.Row.Compared;
import io.streamgauge.controller.compare.Words;

/** A comparison in Markdown with tables, for a comment or the summary of a job. */
public final class ComparisonMarkdown {
  public static String of(Comparison comparison) {
    StringBuilder text = new StringBuilder();
    for (Pair pair : comparison.pairs()) {
      line(
          text,
          "## %s with %s as the base",
          cell(ComparisonText.side(pair.other())),
          cell(ComparisonText.side(comparison.base())));
      pair.refusals().forEach(reason -> line(text, "- **not comparable**: %s", cell(reason)));
      pair.notes().forEach(note -> line(text, "- %s", cell(note)));
      pair.levels().forEach(level -> level(text, level));
      text.append('\n');
    }
    return text.toString();
  }

  private static void level(StringBuilder text, LevelComparison level) {
    line(text, "\n### Level %s\n", cell(level.level()));
    level
        .gates()
        .forEach(
            gate ->
                line(
                    text,
                    "- gate `%s`: **%s** (%s)",
                    gate.gate(),
                    gate.outcome().label(),
                    cell(gate.reason())));
    line(text, "\n| metric | base | new | change | 95 %% interval | noise | verdict |");
    line(text, "| --- | ---: | ---: | ---: | ---: | ---: | --- |");
    for (Row row : level.rows()) {
      if (row instanceof Compared compared) {
        line(
            text,
            "| %s | %s | %s | %s | %s | %s | %s |",
            strong(compared.primary(), compared.measure().label()),
            Words.value(compared.base()),
            Words.value(compared.other()),
            Words.change(compared.change()),
            Words.interval(compared),
            ComparisonText.noise(compared),
            strong(compared.primary(), Words.verdict(compared)));
      }
    }
    text.append('\n');
    Words.uncompared(level.rows()).forEach(row -> line(text, "- not compared: %s", cell(row)));
    level.notes().forEach(note -> line(text, "- %s", cell(note)));
  }

  private static String strong(boolean yes, String text) {
    return yes ? "**" + text + "**" : text;
  }

  /** Names of files and backends are no markup. */
  private static String cell(String text) {
    return text.replaceAll("[\\p{Cntrl}]+", " ").replaceAll("([\\\\`*_{}\\[\\]<>#|])", "\\\\$1");
  }

  private static void line(StringBuilder text, String form, Object... values) {
    text.append(form.formatted(values)).append('\n');
  }

  private ComparisonMarkdown() {}
}
