package io.streamgauge.deploy.options;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.load.ReplayTimes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code run} that set a load, and how it goes into a plan. */
final class LoadOptions {
  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Requests in flight (closed loop). Default: 10 with --url, 20 without.")
  @Nullable Integer concurrency;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Open loop: requests per second, whatever the server does.")
  @Nullable Double rate;

  @Option(
      names = "--arrival",
      paramLabel = "LAW",
      description =
          "Open loop: constant, poisson, gamma:CV or ramp:TO (requests per second at the end)."
              + " Default: poisson. Without --rate: replay:FILE, a file with one due time a line.")
  @Nullable String arrival;

  @Option(
      names = "--max-concurrency",
      paramLabel = "N",
      description = "Open loop: cap on requests in flight; waiting for it is reported.")
  @Nullable Integer maxConcurrency;

  @Option(
      names = "--ramp",
      paramLabel = "TIME",
      description = "Closed loop: time over which the first requests start. Default: 1 ms each.")
  @Nullable String ramp;

  /** Whether they make a load of their own. */
  boolean given() {
    return concurrency != null || rate != null || replays();
  }

  /** Whether some are given that only go with a load, but none that makes one. */
  boolean changesNothing() {
    return !given() && (arrival != null || maxConcurrency != null || ramp != null);
  }

  private boolean replays() {
    return arrival != null && arrival.startsWith(Arrival.REPLAY);
  }

  /** The levels with another load for the one that is measured. */
  List<Level> replaceIn(List<Level> planned, int users) {
    List<String> measured =
        planned.stream().filter(level -> !level.warmup()).map(Level::name).toList();
    if (measured.size() != 1) {
      throw new PlanException(
          "plan: --concurrency and --rate replace the load of one level, this plan measures %d: %s"
              .formatted(measured.size(), String.join(", ", measured)));
    }
    return planned.stream()
        .map(level -> level.warmup() ? level : withLoad(over(level.load(), users), level))
        .toList();
  }

  /** The load that they ask for, with what it has in common with the planned one and they leave. */
  private Load over(Load planned, int users) {
    return switch (load(users)) {
      case ClosedLoop(int wanted, var opening) ->
          new ClosedLoop(
              wanted,
              opening.or(() -> planned instanceof ClosedLoop c ? c.ramp() : Optional.empty()));
      case OpenLoop(double wanted, Arrival law, var cap) ->
          new OpenLoop(
              wanted,
              arrival == null ? law(planned, law) : law,
              cap.or(() -> planned instanceof OpenLoop o ? o.maxConcurrency() : Optional.empty()));
    };
  }

  /** The due times of a replay have their rate in themselves: another one is another load. */
  private static Arrival law(Load planned, Arrival otherwise) {
    return switch (planned) {
      case ClosedLoop _, OpenLoop(double _, Arrival.Replay _, var _) -> otherwise;
      case OpenLoop open -> open.arrival();
    };
  }

  private static Level withLoad(Load load, Level level) {
    boolean namedByLoad = level.name().equals(Level.defaultName(level.load()));
    return new Level(
        namedByLoad ? Level.defaultName(load) : level.name(), load, level.extent(), false);
  }

  /**
   * The load that they ask for; without any a closed loop of so many users.
   *
   * @throws PlanException when two do not go together
   */
  Load load(int users) {
    if (arrival != null && replays()) {
      return replay(arrival);
    }
    if (concurrency != null && rate != null) {
      throw new PlanException(
          "rate", rate, "either --rate (open loop) or --concurrency (closed loop)");
    }
    return rate != null ? open(rate) : closed(users);
  }

  private Load replay(String text) {
    if (rate != null || concurrency != null || ramp != null) {
      throw new PlanException("arrival", text, "a replay without --rate, --concurrency and --ramp");
    }
    return OpenLoop.replay(
        ReplayTimes.read(text.substring(Arrival.REPLAY.length())),
        Optional.ofNullable(maxConcurrency));
  }

  private Load open(double perSecond) {
    if (ramp != null) {
      throw new PlanException(
          "ramp", ramp, "none beside --rate; a rate that rises is --arrival ramp:TO");
    }
    return new OpenLoop(
        perSecond,
        arrival == null ? new Arrival.Poisson() : Arrival.parse(arrival),
        Optional.ofNullable(maxConcurrency));
  }

  private Load closed(int users) {
    if (arrival != null) {
      throw new PlanException("arrival", arrival, "none without --rate");
    }
    if (maxConcurrency != null) {
      throw new PlanException("max-concurrency", maxConcurrency, "none without --rate");
    }
    Optional<Duration> opening =
        Optional.ofNullable(ramp).map(text -> Durations.parse("ramp", text));
    return new ClosedLoop(concurrency != null ? concurrency : users, opening);
  }
}
