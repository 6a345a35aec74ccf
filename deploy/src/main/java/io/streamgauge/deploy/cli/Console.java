package io.streamgauge.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.controller.compare.report.ComparisonText;
import io.streamgauge.controller.report.live.LiveCourse;
import io.streamgauge.controller.report.live.LiveLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows a run: on stderr a live line that is rewritten on a terminal, elsewhere a plain one now and
 * then; on stdout the results.
 */
public final class Console {
  /** Rewrites the line, cut at the terminal's edge: one that wraps could not be taken back. */
  private static final String CLEAR_LINE = "\r\u001b[K\u001b[?7l";

  private static final String WRAP_AGAIN = "\u001b[?7h";
  private static final Duration BETWEEN_PLAIN_LINES = Duration.ofSeconds(10);

  private final String command;
  private final PrintWriter results;
  private final PrintWriter errors;
  private final ConsoleOptions shown;
  private final Screen screen;
  private final List<Path> written = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private boolean repeats;
  private boolean lineOpen;
  private LiveCourse course = LiveCourse.NONE;
  private Duration nextPlainLine = Duration.ZERO;

  /** {@code command} is whose messages these are, such as {@code run}. */
  Console(String command, PrintWriter out, PrintWriter err, ConsoleOptions shown, Screen screen) {
    this.command = command;
    this.results = out;
    this.errors = err;
    this.shown = shown;
    this.screen = screen;
  }

  public synchronized void show(RunEvent event) {
    switch (event) {
      case RunEvent.LiveStats stats -> live(stats);
      case RunEvent.Note note -> note(note.text());
      case RunEvent.Observed _ -> {
        // The live page shows it.
      }
      case RunEvent.LevelEnded _ -> {
        // The console block of the result shows the findings.
      }
      case RunEvent.Written result -> written(result);
      case RunEvent.Ended ended -> {
        endLine();
        ended
            .failure()
            .ifPresent(
                reason -> errors.println(Printable.line("streamgauge " + command + ": " + reason)));
        errors.flush();
        compare();
        experiment();
      }
    }
  }

  private void live(RunEvent.LiveStats stats) {
    course = course.with(stats);
    if (shown.quiet) {
      return;
    }
    if (screen.live()) {
      String line = Printable.line(LiveLine.of(course, screen.width(), screen.unicode()));
      errors.print(CLEAR_LINE + (screen.coloured() ? Colours.live(line) : line) + WRAP_AGAIN);
      lineOpen = true;
    } else if (course.elapsed().compareTo(nextPlainLine) >= 0) {
      errors.println(Printable.line(LiveLine.plain(stats)));
      nextPlainLine = course.elapsed().plus(BETWEEN_PLAIN_LINES);
    }
    errors.flush();
  }

  public synchronized void note(String text) {
    endLine();
    errors.println(Printable.line(text));
    errors.flush();
  }

  /** Notes an engine that is left out; it is listed again below the table of the others. */
  synchronized void skip(String reason) {
    skipped.add(reason);
    note("skipped: " + reason);
  }

  /** Several results beside each other. */
  private void compare() {
    if (shown.json || written.size() + skipped.size() < 2 || written.isEmpty()) {
      return;
    }
    results.println();
    results.println("=== COMPARISON (times in ms) ===");
    ComparisonTable.of(written.stream().map(Console::tree).toList())
        .forEach(line -> results.println(Printable.line(line)));
    skipped.forEach(reason -> results.println(Printable.line("skipped: " + reason)));
    results.flush();
  }

  /** What the repeats say together, where there are some. */
  private void experiment() {
    if (!repeats) {
      return;
    }
    try {
      Experiment experiment = Experiment.of(written);
      Path file = experiment.write(written.getFirst(), !shown.noHtml);
      if (!shown.json) {
        experiment
            .comparison()
            .ifPresent(it -> results.print("\n" + Printable.block(ComparisonText.of(it))));
      }
      (shown.json ? errors : results).println("Experiment:     " + file);
      results.flush();
      errors.flush();
    } catch (IOException e) {
      note("the repeats cannot be compared: " + e);
    }
  }

  private static JsonNode tree(Path file) {
    try {
      return Json.MAPPER.readTree(read(file));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void endLine() {
    if (lineOpen) {
      errors.println();
      errors.flush();
      lineOpen = false;
    }
  }

  private void written(RunEvent.Written event) {
    endLine();
    Path file = Path.of(event.json());
    written.add(file);
    repeats |= event.repeat().isPresent();
    if (shown.json) {
      results.println(read(file));
    } else {
      if (shown.verbose || event.repeat().isEmpty()) { // what repeats say together is shown
        String block = Printable.block(shown.verbose ? event.console() : event.brief());
        results.print(screen.coloured() ? Colours.block(block) : block);
      }
      results.println("Results:        " + file + " (" + event.status() + ")");
    }
    results.flush();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
