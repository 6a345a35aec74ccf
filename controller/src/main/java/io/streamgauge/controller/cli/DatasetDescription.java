package io.streamgauge.controller.cli;

import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.summary.Lengths;
import io.streamgauge.common.dataset.summary.RowSummary;
import io.streamgauge.controller.dataset.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A dataset or trace as {@code dataset show} prints it. */
final class DatasetDescription {
  /** So many prompts are shown as they begin. */
  static final int PROMPTS = 20;

  private static final int CATEGORY = 20;

  private final List<String> lines = new ArrayList<>();

  private DatasetDescription() {}

  /** All of it, below what there is to say on the file itself. */
  static String of(String name, List<String> file, RowSummary summary) {
    DatasetDescription text = new DatasetDescription();
    text.line("Dataset", name);
    text.lines.addAll(file);
    text.head(summary);
    text.lengths("Input tokens", summary.inputTokens());
    text.lengths("Output tokens", summary.outputTokens());
    text.trace(summary);
    if (summary.prompts() > 0) {
      text.prompts(summary);
    }
    return String.join("\n", text.lines) + "\n";
  }

  static String label(String label, String value) {
    return "%-12s %s".formatted(label + ":", value);
  }

  private void line(String label, String value) {
    lines.add(label(label, value));
  }

  private void head(RowSummary summary) {
    if (summary.prompts() < summary.count()) {
      line(
          "Requests",
          summary.prompts() == 0
              ? summary.count() + ", lengths alone"
              : summary.count() + ", of which " + summary.prompts() + " have prompts");
    } else {
      line("Prompts", String.valueOf(summary.count()));
      line("Characters", spread(summary.characters()));
      bars(summary.characters());
      String unset = "unset: " + (summary.prompts() - summary.maxTokens().count());
      line(
          "Max tokens",
          summary.maxTokens().isEmpty() ? unset : spread(summary.maxTokens()) + ", " + unset);
    }
    if (summary.failed() > 0) {
      line("Failed", summary.failed() + ", which a run leaves out unless --keep-failed is given");
    }
    if (!summary.turns().isEmpty()) {
      Lengths turns = summary.turns();
      line(
          "Sessions",
          "%d, turns: %s, mean %.2f".formatted(turns.count(), spread(turns), turns.mean()));
    }
  }

  private void lengths(String label, Lengths lengths) {
    if (lengths.isEmpty()) {
      return;
    }
    lines.add("");
    line(
        label,
        String.format(
            Locale.ROOT,
            "%s, p90 %d, p99 %d, mean %.1f",
            spread(lengths),
            lengths.percentile(0.9),
            lengths.percentile(0.99),
            lengths.mean()));
    bars(lengths);
  }

  private void bars(Lengths lengths) {
    lines.addAll(
        Bars.of(
            lengths.bins().stream()
                .map(
                    bin ->
                        new Bars.Bar(
                            bin.from() + ".." + bin.to(),
                            Bars.share(bin.count(), lengths.count()),
                            bin.count()))
                .toList()));
  }

  private void trace(RowSummary summary) {
    if (summary.reuse().blocks() > 0) {
      lines.add("");
      line(
          "Prefix reuse",
          String.format(
              Locale.ROOT,
              "%.1f %% of %d blocks of %d tokens were there before",
              100 * summary.reuse().share(),
              summary.reuse().blocks(),
              summary.reuse().tokens()));
    }
    if (!summary.arrivals().isEmpty()) {
      lines.add("");
      lines.addAll(ArrivalLines.of(summary.arrivals()));
    }
  }

  private void prompts(RowSummary summary) {
    lines.add("");
    lines.add(category("Category", "Prompts"));
    summary.categories().forEach((name, count) -> lines.add(category(name, String.valueOf(count))));
    lines.add("");
    lines.add(row("Id", "Category", "Characters", "Max tokens", "Prompt"));
    summary.first().forEach(prompt -> lines.add(row(prompt)));
    long more = summary.prompts() - summary.first().size();
    if (more > 0) {
      lines.add("and %d more".formatted(more));
    }
  }

  private static String spread(Lengths lengths) {
    String median = String.format(Locale.ROOT, "%.1f", lengths.median()).replaceAll("\\.0$", "");
    return "min %d, median %s, max %d".formatted(lengths.min(), median, lengths.max());
  }

  private static String category(String name, String count) {
    return "%s %7s".formatted(padded(Text.line(name, CATEGORY - 1), CATEGORY), count);
  }

  private static String row(Prompt prompt) {
    return row(
        Text.line(prompt.id(), 11),
        Text.line(prompt.category(), CATEGORY - 1),
        String.valueOf(prompt.text().codePointCount(0, prompt.text().length())),
        prompt.maxTokens().map(String::valueOf).orElse("-"),
        Text.line(prompt.text(), 60));
  }

  private static String row(
      String id, String category, String characters, String maxTokens, String text) {
    return "%s %s %10s %10s  %s"
        .formatted(padded(id, 12), padded(category, CATEGORY), characters, maxTokens, text);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
  }
}
