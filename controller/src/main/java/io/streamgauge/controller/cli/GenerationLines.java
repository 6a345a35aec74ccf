package io.streamgauge.controller.cli;

import io.streamgauge.controller.dataset.GenerationEvent;
import io.streamgauge.controller.dataset.GenerationEvent.Added;
import io.streamgauge.controller.dataset.GenerationEvent.Retrying;
import io.streamgauge.controller.dataset.GenerationResult.Finished;
import io.streamgauge.controller.dataset.GenerationResult.Stopped;
import io.streamgauge.controller.dataset.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** What {@code dataset generate} says, a line each. */
final class GenerationLines {
  static String of(GenerationEvent event) {
    return switch (event) {
      case Added(int position, int count, var prompt, Duration took) ->
          "%s %s: \"%s\" (%d ms)"
              .formatted(
                  place(position, count),
                  prompt.category(),
                  Text.line(prompt.text(), 60),
                  took.toMillis());
      case Retrying(
              int position,
              int count,
              var category,
              int attempt,
              int attempts,
              Duration wait,
              String reason) ->
          "%s %s: %s; attempt %d of %d in %s"
              .formatted(
                  place(position, count),
                  category.label(),
                  reason,
                  attempt,
                  attempts,
                  seconds(wait));
    };
  }

  static String of(Finished result, Path file) {
    return "%d prompts in %s (%d new, %d kept), retries: %d, time: %s"
        .formatted(
            result.total(),
            file,
            result.added(),
            result.total() - result.added(),
            result.retries(),
            seconds(result.took()));
  }

  static String of(Stopped result, Path file) {
    return "%s (%s has %d prompts, %d of them new; run it again to go on)"
        .formatted(result.reason(), file, result.total(), result.added());
  }

  private static String place(int position, int count) {
    String total = String.valueOf(count);
    return "[%s/%s]".formatted(" ".repeat(width(total, position)) + position, total);
  }

  private static int width(String total, int position) {
    return Math.max(0, total.length() - String.valueOf(position).length());
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1e3);
  }

  private GenerationLines() {}
}
