package io.streamgauge.controller.report;

import io.streamgauge.common.message.RunEvent.LiveStats;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/** The live numbers of a run on one line. */
public final class LiveLine {
  public static String of(LiveStats stats) {
    return String.format(
        Locale.ROOT,
        "[%s %s %s] %d%s done, %d in flight, %d failed | %.1f tok/s | TTFT p50 %s p99 %s ms |"
            + " ITL p50 %s p99 %s ms%s",
        stats.backend(),
        stats.level(),
        time(stats.elapsed()),
        stats.done(),
        stats.total().map(total -> "/" + total).orElse(""),
        stats.inFlight(),
        stats.failed(),
        stats.outputTps(),
        millis(stats.ttftP50()),
        millis(stats.ttftP99()),
        millis(stats.itlP50()),
        millis(stats.itlP99()),
        stats.left().map(left -> " | " + time(left) + " left").orElse(""));
  }

  private static String time(Duration duration) {
    return "%d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart());
  }

  private static String millis(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.1f", value.getAsDouble()) : "-";
  }

  private LiveLine() {}
}
