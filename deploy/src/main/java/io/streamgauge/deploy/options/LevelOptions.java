package io.streamgauge.deploy.options;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code run} that make the levels of a plan, or change them. */
final class LevelOptions {
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
          "Requests before the measured ones, not in the results; auto: until two windows agree,"
              + " for a minute at most. Default: 0.")
  String warmup = "0";

  /** Beside a plan, a part of a load that makes none is a mistake. */
  void refuseWhatChangesNothing() {
    if (load.changesNothing()) {
      throw new PlanException(
          "plan: --arrival, --max-concurrency and --ramp change no level of a plan, expected"
              + " --rate or --concurrency beside them");
    }
  }

  /**
   * Those of a plan, which are none without one, with what was given for them or over them.
   *
   * @param users of a closed loop where no load is given
   */
  List<Level> over(List<Level> planned, int users) {
    List<Level> levels =
        planned.isEmpty()
            ? List.of(level(load.load(users)))
            : planned.stream().map(this::withExtent).toList();
    if (load.given() && !planned.isEmpty()) {
      levels = load.replaceIn(levels, users);
    }
    List<Level> all = new ArrayList<>();
    Load first = levels.getFirst().load();
    warmupExtent().ifPresent(extent -> all.add(new Level("warmup", first, extent, true)));
    all.addAll(levels);
    return all;
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
