package io.streamgauge.controller.run;

import io.streamgauge.common.message.RunEvent;
import io.streamgauge.controller.book.RunBook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Writes into a book what a run would, for tests that need no run. */
public final class BookWriter {
  private final RunBook book;
  private final String run;

  /** Begins a run. */
  public BookWriter(RunBook book, String run) {
    this.book = book;
    this.run = run;
    book.submitted(run, "named " + run);
    book.started(run);
  }

  public void note(String text) {
    book.take(new RunEvent.Note(run, text));
  }

  public void stats(long done) {
    book.take(stats(run, done));
  }

  public void end() {
    book.take(new RunEvent.Ended(run, List.of(), 0, Optional.empty(), Optional.empty()));
  }

  public static RunEvent.LiveStats stats(String run, long done) {
    return new RunEvent.LiveStats(
        run,
        "b",
        "l",
        Duration.ofSeconds(done),
        done,
        0,
        0,
        Optional.empty(),
        0,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty());
  }
}
