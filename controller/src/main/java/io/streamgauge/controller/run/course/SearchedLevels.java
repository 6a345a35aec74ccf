package io.streamgauge.controller.run.course;

import io.streamgauge.common.plan.Find;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.capacity.CapacitySearch;
import io.streamgauge.controller.result.capacity.CapacitySearch.Step;
import io.streamgauge.controller.result.capacity.Tried;
import io.streamgauge.controller.workload.PlacedLevel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The loads to which a search comes, each a level like the plan's, behind its warm-ups. */
final class SearchedLevels implements LevelSource {
  private final Plan plan;
  private final Level first;
  private final CapacitySearch search;
  private final List<LevelResult> ended = new ArrayList<>();
  private final Deque<Level> ahead = new ArrayDeque<>();
  private final long began = System.nanoTime();
  private int place;

  SearchedLevels(Plan plan, Find find) {
    this.plan = plan;
    this.first = Find.first(plan.levels());
    this.search =
        new CapacitySearch(
            find.load(),
            first.load().amount(),
            find.within().toNanos() / 1e9,
            find.longest(first).toNanos() / 1e9,
            first.extent().equals(Extent.EACH_PROMPT_ONCE));
  }

  @Override
  public Optional<PlacedLevel> next() {
    if (ahead.isEmpty()) {
      search.next(Tried.all(ended), (System.nanoTime() - began) / 1e9).ifPresent(this::add);
    }
    return Optional.ofNullable(ahead.poll()).map(level -> new PlacedLevel(level, place++));
  }

  private void add(Step step) {
    Load load = load(step.load());
    String name = name(load, tries(step.load()));
    plan.levels().stream()
        .filter(Level::warmup)
        .map(level -> new Level(level.name() + "-" + name, load, level.extent(), true))
        .forEach(ahead::add);
    Duration longest = Duration.ofMillis(Math.round(step.seconds() * 1e3));
    ahead.add(new Level(name, load, first.extent().upTo(longest), false));
  }

  private Load load(double amount) {
    return switch (first.load()) {
      case ClosedLoop closed -> new ClosedLoop((int) amount, closed.ramp());
      case OpenLoop open -> new OpenLoop(amount, open.arrival(), open.maxConcurrency());
    };
  }

  private long tries(double load) {
    return Tried.all(ended).stream().filter(one -> one.load() == load).count();
  }

  private String name(Load load, long tries) {
    String ofLoad = Level.defaultName(load);
    String own = first.name().equals(Level.defaultName(first.load())) ? "" : first.name() + "-";
    return own + ofLoad + (tries > 0 ? "-again" : "") + (tries > 1 ? "-" + tries : "");
  }

  @Override
  public Optional<String> take(LevelResult level) {
    ended.add(level);
    Tried tried = Tried.all(ended).getLast();
    return Optional.of(
        String.format(
            Locale.ROOT, "level %s %s, %.0f s", level.name(), tried.words(), tried.seconds()));
  }
}
