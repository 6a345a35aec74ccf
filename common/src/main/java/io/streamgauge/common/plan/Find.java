package io.streamgauge.common.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.LoadKind;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.request.DatasetRef;
import io.streamgauge.common.plan.slo.Slo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * That the most load is sought that keeps the plan's objectives, beginning with that of its one
 * measured level, whose extent is the most that a load is tried for.
 *
 * @param load of which kind
 * @param within what time
 */
public record Find(LoadKind load, Duration within) {
  /** Where nobody says otherwise. */
  public static final Duration USUAL = Duration.ofMinutes(20);

  private static final int LEVELS_WITHIN = 10;

  public Find {
    if (within.isZero() || within.isNegative()) {
      throw new PlanException("find.within", Durations.format(within), "a duration above 0");
    }
  }

  /** The form in plan files, messages and results. */
  record Form(LoadKind load, Optional<Duration> within) {}

  @JsonCreator
  static Find of(Form form) {
    return new Find(form.load(), form.within().orElse(USUAL));
  }

  @JsonValue
  Form form() {
    return new Form(load, Optional.of(within));
  }

  /** For how long a level is tried at most. */
  public Duration longest(Level level) {
    return level.extent().duration().orElse(within.dividedBy(LEVELS_WITHIN));
  }

  /** The level from which others are made. */
  public static Level first(List<Level> levels) {
    return levels.stream().filter(level -> !level.warmup()).findFirst().orElseThrow();
  }

  void check(List<Level> levels, List<Slo> objectives, DatasetRef dataset) {
    List<Level> measured = levels.stream().filter(level -> !level.warmup()).toList();
    if (measured.size() != 1) {
      throw new PlanException(
          "levels",
          measured.stream().map(Level::name).toList(),
          "one level beside find, with whose load it begins");
    }
    Level first = measured.getFirst();
    if (LoadKind.of(first.load()) != load) {
      throw new PlanException(
          "find.load", load.label(), "%s, as level %s has it".formatted(kind(first), first.name()));
    }
    if (first.load() instanceof OpenLoop open) {
      if (open.arrival().timed() || open.arrival() instanceof Arrival.Ramp) {
        throw new PlanException("arrival", open.arrival().text(), "a rate that stays, beside find");
      }
      open.maxConcurrency().ifPresent(cap -> misplaced("max_concurrency", cap));
    }
    if (dataset.sessions().isPresent()) {
      misplaced("dataset.sessions", "true");
    }
    if (objectives.isEmpty()) {
      throw new PlanException("slo", "none", "an objective beside find, such as ttft_p99=500ms");
    }
    objectives.forEach(Find::check);
  }

  private static String kind(Level level) {
    return LoadKind.of(level.load()).label();
  }

  private static void misplaced(String field, Object value) {
    throw new PlanException(field, value, "none beside find");
  }

  /** A share of requests can be tested, a mean, a maximum or what is pooled cannot. */
  private static void check(Slo slo) {
    boolean share = slo.statistic() != Slo.Statistic.MEAN && slo.statistic() != Slo.Statistic.MAX;
    if (!slo.metric().perRequest() || !share) {
      throw new PlanException(
          "slo",
          slo.objective(),
          "beside find a percentile, p50 to p999, of what each request has: ttft, e2e, tpot (its"
              + " mean ITL), ntpot or ttfo");
    }
  }
}
