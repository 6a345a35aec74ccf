package io.streamgauge.controller.report.live;

import io.streamgauge.common.message.RunEvent.LiveStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The live numbers of a run on one line. */
public final class LiveLine {
  private static final int CELLS = 12;
  private static final String BETWEEN = " | ";

  /** A part of the line; those of the least weight go first where there is no room. */
  private record Part(int weight, String text) {}

  /** For a terminal: not longer than {@code width}, with a bar where the run has an end. */
  public static String of(LiveCourse course, int width, boolean unicode) {
    List<Part> parts = new ArrayList<>();
    course.last().ifPresent(stats -> parts.addAll(parts(stats, course, unicode)));
    while (parts.size() > 1 && joined(parts).length() > width) {
      parts.remove(parts.stream().min(Comparator.comparingInt(Part::weight)).orElseThrow());
    }
    String line = joined(parts);
    return line.substring(0, Math.min(width, line.length()));
  }

  private static String joined(List<Part> parts) {
    return parts.stream().map(Part::text).collect(Collectors.joining(BETWEEN));
  }

  private static List<Part> parts(LiveStats stats, LiveCourse course, boolean unicode) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(5, "%s %s".formatted(stats.backend(), stats.level())));
    parts.add(new Part(7, time(stats.elapsed())));
    course.share().ifPresent(share -> parts.add(new Part(6, Strokes.bar(share, CELLS, unicode))));
    parts.add(new Part(9, done(stats)));
    if (stats.failed() > 0) {
      parts.add(new Part(10, stats.failed() + " failed"));
    }
    double now = course.rates().isEmpty() ? stats.outputTps() : course.rates().getLast();
    parts.add(new Part(11, text("%.0f tok/s", now)));
    if (unicode && course.rates().size() > 1) {
      parts.add(new Part(4, Strokes.line(course.rates(), CELLS)));
    }
    parts.add(new Part(3, stats.inFlight() + " in flight"));
    parts.add(new Part(2, latency("TTFT", stats.ttftP50(), stats.ttftP99())));
    parts.add(new Part(1, latency("ITL", stats.itlP50(), stats.itlP99())));
    stats.left().ifPresent(left -> parts.add(new Part(8, time(left) + " left")));
    return parts;
  }

  private static String done(LiveStats stats) {
    return stats.done() + stats.total().map(total -> "/" + total).orElse("") + " done";
  }

  private static String latency(String name, OptionalDouble p50, OptionalDouble p99) {
    return "%s p50 %s p99 %s ms".formatted(name, millis(p50), millis(p99));
  }

  /** For whatever keeps the lines. */
  public static String plain(LiveStats stats) {
    return text(
        "[%s %s %s] %s, %d in flight, %d failed | %.1f tok/s | %s | %s%s",
        stats.backend(),
        stats.level(),
        time(stats.elapsed()),
        done(stats),
        stats.inFlight(),
        stats.failed(),
        stats.outputTps(),
        latency("TTFT", stats.ttftP50(), stats.ttftP99()),
        latency("ITL", stats.itlP50(), stats.itlP99()),
        stats.left().map(left -> BETWEEN + time(left) + " left").orElse(""));
  }

  private static String time(Duration duration) {
    return "%d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart());
  }

  private static String millis(OptionalDouble value) {
    return value.isPresent() ? text("%.1f", value.getAsDouble()) : "-";
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private LiveLine() {}
}
