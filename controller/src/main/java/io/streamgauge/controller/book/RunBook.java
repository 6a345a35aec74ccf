package io.streamgauge.controller.book;

import io.streamgauge.common.message.RunEvent;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the controller knows of its runs, in memory: the latest hundred. Safe for all threads, since
 * the run writes on its own and the API reads on another.
 */
public final class RunBook {
  private static final int MOST_RUNS = 100;

  private final Map<String, BookedRun> runs = new LinkedHashMap<>();
  private Consumer<String> log = _ -> {};
  private boolean open;

  /** Tells of each run's begin and end, and of what happens in between, in a line each. */
  public synchronized void tellTo(Consumer<String> lines) {
    log = lines;
  }

  /** Agents and servers decide some of the words. */
  private void tell(String format, Object... values) {
    log.accept(format.formatted(values).replaceAll("\\p{Cc}+", " "));
  }

  /** The controller takes plans from now on. */
  public synchronized void open() {
    open = true;
  }

  /** The controller takes no plans any more. */
  public synchronized void close() {
    open = false;
  }

  public synchronized boolean isOpen() {
    return open;
  }

  /** A plan was taken and waits for its turn. */
  public synchronized void submitted(String id, String name) {
    runs.remove(id);
    runs.put(id, new BookedRun(id, name));
    Iterator<BookedRun> oldest = runs.values().iterator();
    while (runs.size() > MOST_RUNS && oldest.hasNext()) {
      if (oldest.next().over()) {
        oldest.remove();
      }
    }
  }

  public synchronized void started(String id) {
    booked(id).ifPresent(run -> tell("run %s (%s) began", id, run.name()));
    booked(id).ifPresent(BookedRun::start);
  }

  /** Takes what the controller published about a run; whatever is not in the book is dropped. */
  public synchronized void take(RunEvent event) {
    switch (event) {
      case RunEvent.Note(String id, String text) -> tell("run %s: %s", id, text);
      case RunEvent.Ended ended ->
          tell(
              "run %s ended: %s, exit code %d%s",
              ended.runId(),
              RunView.statusOf(ended).label(),
              ended.exitCode(),
              ended.failure().map(why -> ": " + why).orElse(""));
      case RunEvent.LiveStats _,
          RunEvent.Observed _,
          RunEvent.LevelEnded _,
          RunEvent.Written _ -> {}
    }
    booked(event.runId()).ifPresent(run -> run.take(event));
  }

  /** All runs, the latest first. */
  public synchronized List<RunView> runs() {
    return runs.values().stream().map(BookedRun::view).toList().reversed();
  }

  public synchronized Optional<RunView> run(String id) {
    return booked(id).map(BookedRun::view);
  }

  /** The next news of a run after number {@code last}, at most so many, the oldest first. */
  public synchronized List<RunNews.Entry> news(String id, long last, int most) {
    return booked(id).map(run -> run.after(last, most)).orElse(List.of());
  }

  /**
   * Calls {@code onNews} whenever there is news of the run, until it leaves. It is called under the
   * book's lock, so it must do no more than to hand over to a thread of its own.
   */
  public synchronized void follow(String id, Runnable onNews) {
    booked(id).ifPresent(run -> run.follow(onNews));
  }

  public synchronized void leave(String id, Runnable onNews) {
    booked(id).ifPresent(run -> run.leave(onNews));
  }

  private Optional<BookedRun> booked(String id) {
    return Optional.ofNullable(runs.get(id));
  }
}
