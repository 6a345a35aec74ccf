package io.streamgauge.controller.cli;

import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.dataset.DatasetSummary;
import io.streamgauge.common.dataset.DatasetSummary.Spread;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.controller.dataset.Text;
import java.util.Locale;
import java.util.stream.Collectors;

/** A dataset as {@code dataset show} prints it. */
final class DatasetDescription {
  private static final int CATEGORY = 20;

  static String of(Dataset dataset) {
    DatasetSummary summary = dataset.summary();
    return """
    Dataset:     %s
    Prompts:     %d
    Characters:  %s
    Max tokens:  %s

    %s
    %s

    %s
    %s
    """
        .formatted(
            dataset.name(),
            summary.count(),
            spread(summary.promptCharacters()),
            maxTokens(summary),
            category("Category", "Prompts"),
            categories(summary),
            row("Id", "Category", "Characters", "Max tokens", "Prompt"),
            dataset.prompts().stream()
                .map(DatasetDescription::row)
                .collect(Collectors.joining("\n")));
  }

  private static String maxTokens(DatasetSummary summary) {
    String unset = "unset: " + summary.maxTokensUnset();
    return summary.maxTokens().map(spread -> spread(spread) + ", " + unset).orElse(unset);
  }

  private static String spread(Spread spread) {
    String median = String.format(Locale.ROOT, "%.1f", spread.median()).replaceAll("\\.0$", "");
    return "min %d, median %s, max %d".formatted(spread.min(), median, spread.max());
  }

  private static String categories(DatasetSummary summary) {
    return summary.categories().entrySet().stream()
        .map(entry -> category(entry.getKey(), String.valueOf(entry.getValue())))
        .collect(Collectors.joining("\n"));
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

  private DatasetDescription() {}
}
