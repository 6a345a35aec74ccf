package io.streamgauge.controller.level;

import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.message.RunEvent.Stage;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.OpenLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How far a run is with all its levels, warm-ups too, of all its backends. */
public final class RunProgress {
  private final List<Level> levels;
  private final Function<Level, Optional<Long>> requests;
  private final int turns;
  private final boolean searches;
  private int backendsAhead;
  private int begun;
  private long done;
  private long failed;

  /** {@code prompts} are as many as the dataset has, each of them one request. */
  public RunProgress(Plan plan, int prompts) {
    this(plan, prompts, level -> level.extent().requests());
  }

  /** {@code requests} tells how many a level sends, where that is known. */
  public RunProgress(Plan plan, int prompts, Function<Level, Optional<Long>> requests) {
    this.requests = requests;
    this.levels =
        plan.levels().stream()
            .map(level -> level.withExtent(level.extent().orEachPromptOnce(prompts)))
            .toList();
    this.searches = plan.course().find().isPresent();
    this.turns = plan.backends().size() * plan.course().repeats();
    this.backendsAhead = turns;
  }

  /** The next backend begins; what is left of the one before is not done any more. */
  public void nextBackend() {
    backendsAhead--;
    begun = 0;
  }

  /** The backend's next level begins. */
  public void nextLevel() {
    begun++;
  }

  /** Where in the run the level that began last is. */
  Stage stage(String backend, Level level) {
    return new Stage(
        backend,
        level.name(),
        level.warmup(),
        begun,
        searches ? Optional.empty() : Optional.of(levels.size()),
        turns - backendsAhead,
        turns);
  }

  /** The level that began last is over. */
  void levelOver(Counts counts) {
    done += counts.total();
    failed += counts.failed();
  }

  /** Requests of the levels that are over. */
  long done() {
    return done;
  }

  long failed() {
    return failed;
  }

  private List<Level> ahead() {
    List<Level> ahead = new ArrayList<>(levels.subList(begun, levels.size()));
    for (int i = 0; i < backendsAhead; i++) {
      ahead.addAll(levels);
    }
    return ahead;
  }

  /**
   * All requests of the run, where its levels are known and those of {@code now} and of every level
   * ahead are known.
   */
  Optional<Long> total(Level now) {
    if (searches) {
      return Optional.empty();
    }
    Optional<Long> sum = requests(now).map(here -> done + here);
    for (Level level : ahead()) {
      sum = sum.flatMap(some -> requests(level).map(more -> some + more));
    }
    return sum;
  }

  /** Those of one level, where they are known. */
  Optional<Long> requests(Level level) {
    return requests.apply(level);
  }

  /**
   * How long the levels ahead take: by their durations or rates, else, of closed loops, by the time
   * that a user of the present level takes for a request; empty where that is not known.
   */
  Optional<Duration> left(Optional<Duration> perRequestOfUser) {
    if (searches) {
      return Optional.empty();
    }
    Optional<Duration> sum = Optional.of(Duration.ZERO);
    for (Level level : ahead()) {
      sum = sum.flatMap(some -> lasts(level, perRequestOfUser).map(some::plus));
    }
    return sum;
  }

  private Optional<Duration> lasts(Level level, Optional<Duration> perRequestOfUser) {
    return level
        .extent()
        .duration()
        .or(
            () ->
                switch (level.load()) {
                  case OpenLoop open ->
                      level.extent().requests().map(due -> seconds(due / open.rate()));
                  case ClosedLoop closed ->
                      requests(level)
                          .flatMap(all -> perRequestOfUser.map(each -> byUsers(all, each, closed)));
                });
  }

  private static Duration byUsers(long requests, Duration each, ClosedLoop load) {
    return seconds(each.toNanos() / 1e9 * Math.ceil((double) requests / load.concurrency()));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
