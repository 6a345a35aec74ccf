package io.streamgauge.controller.book;

import io.streamgauge.common.clock.SteadyClock;
import io.streamgauge.common.message.RunEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/** A run's page of the book; guarded by the book's lock. */
final class BookedRun {
  private static final int MOST_NOTES = 50;
  private static final int LONGEST_NOTE = 4096;

  private final String id;
  private final String name;
  private final SteadyClock clock = new SteadyClock();
  private final Instant submittedAt;
  private final NewsLog log = new NewsLog();
  private final Deque<String> notes = new ArrayDeque<>();
  private final List<LevelFinding> findings = new ArrayList<>();
  private final List<BackendResult> results = new ArrayList<>();
  private final Set<Runnable> followers = new CopyOnWriteArraySet<>();
  private RunState state;
  private Optional<Instant> startedAt = Optional.empty();
  private Optional<Instant> endedAt = Optional.empty();
  private Optional<RunEvent.LiveStats> live = Optional.empty();
  private Optional<RunEvent.Ended> end = Optional.empty();

  BookedRun(String id, String name) {
    this.id = id;
    this.name = name;
    this.submittedAt = clock.instant();
    this.state = RunState.QUEUED;
    log.add(new RunNews.Moved(state));
  }

  String name() {
    return name;
  }

  boolean over() {
    return state == RunState.ENDED;
  }

  void start() {
    state = RunState.RUNNING;
    startedAt = Optional.of(clock.instant());
    tell(new RunNews.Moved(state));
  }

  void take(RunEvent event) {
    if (over()) {
      return;
    }
    RunEvent kept = event;
    switch (event) {
      case RunEvent.Note note -> kept = keep(note);
      case RunEvent.LiveStats stats -> live = Optional.of(stats);
      case RunEvent.Observed _ -> {} // news alone
      case RunEvent.LevelEnded level -> findings.addAll(LevelFinding.of(level));
      case RunEvent.Written written -> results.add(BackendResult.of(written));
      case RunEvent.Ended ended -> {
        state = RunState.ENDED;
        endedAt = Optional.of(clock.instant());
        end = Optional.of(ended);
      }
    }
    tell(new RunNews.Told(kept));
  }

  private RunEvent keep(RunEvent.Note note) {
    String text =
        note.text().length() <= LONGEST_NOTE
            ? note.text()
            : note.text().substring(0, LONGEST_NOTE) + "…";
    notes.add(text);
    if (notes.size() > MOST_NOTES) {
      notes.removeFirst();
    }
    return new RunEvent.Note(id, text);
  }

  private void tell(RunNews news) {
    log.add(news);
    followers.forEach(Runnable::run);
  }

  List<RunNews.Entry> after(long number, int most) {
    return log.after(number, most);
  }

  void follow(Runnable onNews) {
    followers.add(onNews);
  }

  void leave(Runnable onNews) {
    followers.remove(onNews);
  }

  RunView view() {
    return new RunView(
        id,
        name,
        state,
        end.map(RunView::statusOf),
        submittedAt,
        startedAt,
        endedAt,
        List.copyOf(notes),
        live,
        findings,
        results,
        end.map(RunEvent.Ended::exitCode),
        end.flatMap(RunEvent.Ended::failure));
  }
}
