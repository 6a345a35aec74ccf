package io.streamgauge.deploy.options;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.Seeds;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.LoadKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code run} that make the levels of a plan, or change them. */
final class LevelOptions {
  private static final String GIVEN = "given";
  private static final String SHUFFLED = "shuffled";

  @Mixin private LoadOptions load = new LoadOptions();

  @Option(
      names = "--requests",
      paramLabel = "N",
      description =
          "Requests to send, or sessions with --sessions. Default: each prompt of the dataset"
              + " once.")
  @Nullable Long requests;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "Time during which requests start, e.g. 60s.")
  @Nullable String duration;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      description =
          "Requests before the measured ones, of each level where there are several, not in the"
              + " results; auto: until two windows agree, for a minute at most. Default: 0.")
  String warmup = "0";

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      description =
          "Of several levels: given, or shuffled (by the seed), so that what drifts with time does"
              + " not look like the load's. Default: given.")
  String order = GIVEN;

  @Option(
      names = "--stop-when-saturated",
      description =
          "Leave out the levels that are left once throughput grew by less than its noise while"
              + " latency grew.")
  boolean stopWhenSaturated;

  /** Beside a plan, a part of a load that makes none is a mistake. */
  void refuseWhatChangesNothing() {
    if (load.changesNothing()) {
      throw new PlanException(
          "plan: --arrival, --max-concurrency, --ramp, --speed and --spread-ties change no level of"
              + " a plan, expected --rate, --concurrency or --arrival trace beside them");
    }
  }

  /**
   * Those of a plan, which are none without one, with what was given for them or over them.
   *
   * @param sought the kind of load of which the most is sought, where it is
   * @param users of a closed loop where no load is given
   * @param seed of the order, where it is shuffled
   */
  List<Level> over(List<Level> planned, Optional<LoadKind> sought, int users, long seed) {
    List<Level> levels =
        planned.isEmpty()
            ? load.loads(sought, users).stream().map(this::level).toList()
            : planned.stream().map(this::withExtent).toList();
    if (load.given() && !planned.isEmpty()) {
      levels = load.replaceIn(levels, users);
    }
    List<Level> warmed = warmedUp(levels);
    return shuffles() ? shuffled(warmed, seed) : warmed;
  }

  private List<Level> warmedUp(List<Level> levels) {
    Optional<Extent> extent = warmupExtent();
    if (extent.isEmpty()) {
      return levels;
    }
    if (levels.stream().filter(level -> !level.warmup()).count() == 1) {
      Level first = new Level("warmup", levels.getFirst().load(), extent.get(), true);
      return Stream.concat(Stream.of(first), levels.stream()).toList();
    }
    return levels.stream()
        .flatMap(
            level ->
                level.warmup()
                    ? Stream.of(level)
                    : Stream.of(
                        new Level("warmup-" + level.name(), level.load(), extent.get(), true),
                        level))
        .toList();
  }

  private boolean shuffles() {
    if (!order.equals(GIVEN) && !order.equals(SHUFFLED)) {
      throw new PlanException("order", order, GIVEN + " or " + SHUFFLED);
    }
    if (order.equals(SHUFFLED) && stopWhenSaturated) {
      throw new PlanException(
          "order", order, "none beside --stop-when-saturated, which needs loads that rise");
    }
    return order.equals(SHUFFLED);
  }

  /** Warm-ups stay in front of the level that they stand in front of. */
  private static List<Level> shuffled(List<Level> levels, long seed) {
    List<List<Level>> units = new ArrayList<>();
    List<Level> unit = new ArrayList<>();
    for (Level level : levels) {
      unit.add(level);
      if (!level.warmup()) {
        units.add(unit);
        unit = new ArrayList<>();
      }
    }
    Collections.shuffle(units, new Random(Seeds.derive(seed, "order of levels", 0)));
    units.add(unit);
    return units.stream().flatMap(List::stream).toList();
  }

  private Optional<Extent> warmupExtent() {
    if (warmup.equals("auto")) {
      return Optional.of(Extent.warmingUp());
    }
    if (!warmup.matches("\\d{1,18}")) {
      throw new PlanException("warmup", warmup, "a number from 0, or auto");
    }
    long count = Long.parseLong(warmup);
    return count == 0 ? Optional.empty() : Optional.of(Extent.of(count));
  }

  private Level level(Load chosen) {
    return new Level(Level.defaultName(chosen), chosen, extent(Extent.EACH_PROMPT_ONCE), false);
  }

  private Level withExtent(Level planned) {
    return planned.warmup() ? planned : planned.withExtent(extent(planned.extent()));
  }

  private Extent extent(Extent base) {
    if (requests == null && duration == null) {
      return base;
    }
    return new Extent(
        Optional.ofNullable(requests).or(base::requests),
        Optional.ofNullable(duration)
            .map(text -> Durations.parse("duration", text))
            .or(base::duration));
  }
}
