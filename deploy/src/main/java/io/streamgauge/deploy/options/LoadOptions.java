package io.streamgauge.deploy.options;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.LoadKind;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.load.ReplayTimes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code run} that set a load, and how it goes into a plan. */
final class LoadOptions {
  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description =
          "Requests in flight (closed loop). A list, 1,2,4, or 1..64 (doubling) makes a level each."
              + " Default: 10 with --url, 20 without.")
  @Nullable String concurrency;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description =
          "Open loop: requests per second, whatever the server does. A list, 1,2,4, or 1..64"
              + " (doubling) makes a level each.")
  @Nullable String rate;

  @Option(
      names = "--arrival",
      paramLabel = "LAW",
      description =
          "Open loop: constant, poisson, gamma:CV or ramp:TO (requests per second at the end)."
              + " Default: poisson. Without --rate: replay:FILE, a file with one due time a line,"
              + " or trace, the times of the dataset's own rows.")
  @Nullable String arrival;

  @Option(
      names = "--speed",
      paramLabel = "X",
      description = "Of --arrival trace: how many times as fast as the trace was. Default: 1.")
  @Nullable Double speed;

  @Option(
      names = "--spread-ties",
      description =
          "Of --arrival trace: requests of one stamp are spread evenly over the time to the next"
              + " stamp.")
  boolean spreadTies;

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
    return !given()
        && (arrival != null
            || maxConcurrency != null
            || ramp != null
            || speed != null
            || spreadTies);
  }

  private boolean replays() {
    return arrival != null && (arrival.startsWith(Arrival.REPLAY) || traces());
  }

  private boolean traces() {
    return "trace".equals(arrival);
  }

  /** The levels with other loads for the one that is measured, a level each. */
  List<Level> replaceIn(List<Level> planned, int users) {
    List<String> measured =
        planned.stream().filter(level -> !level.warmup()).map(Level::name).toList();
    if (measured.size() != 1) {
      throw new PlanException(
          "plan: --concurrency and --rate replace the load of one level, this plan measures %d: %s"
              .formatted(measured.size(), String.join(", ", measured)));
    }
    List<Load> asked = loads(users);
    return planned.stream()
        .flatMap(
            level ->
                level.warmup()
                    ? Stream.of(level)
                    : asked.stream()
                        .map(load -> withLoad(over(level.load(), load), level, asked.size() > 1)))
        .toList();
  }

  /** A load that they ask for, with what it has in common with the planned one and they leave. */
  private Load over(Load planned, Load asked) {
    return switch (asked) {
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
      case ClosedLoop _ -> otherwise;
      case OpenLoop open -> open.arrival().timed() ? otherwise : open.arrival();
    };
  }

  private static Level withLoad(Load load, Level level, boolean several) {
    boolean namedByLoad = level.name().equals(Level.defaultName(level.load()));
    String ofLoad = Level.defaultName(load);
    return new Level(
        namedByLoad ? ofLoad : several ? level.name() + "-" + ofLoad : level.name(),
        load,
        level.extent(),
        false);
  }

  /** Those with which the most of a kind is sought: from one on where none is given. */
  List<Load> loads(Optional<LoadKind> sought, int users) {
    if (given() || sought.isEmpty()) {
      return loads(users);
    }
    return switch (sought.get()) {
      case RATE -> open("1");
      case CONCURRENCY -> loads(1);
    };
  }

  /**
   * The loads that they ask for; without any a closed loop of so many users.
   *
   * @throws PlanException when two do not go together
   */
  List<Load> loads(int users) {
    if (!traces() && (speed != null || spreadTies)) {
      throw new PlanException(
          speed != null ? "speed" : "spread-ties",
          speed != null ? speed : true,
          "none without --arrival trace");
    }
    if (arrival != null && replays()) {
      return List.of(replay(arrival));
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
    Optional<Integer> cap = Optional.ofNullable(maxConcurrency);
    return traces()
        ? OpenLoop.trace(new Arrival.Trace(speed == null ? 1 : speed, spreadTies), cap)
        : OpenLoop.replay(ReplayTimes.read(text.substring(Arrival.REPLAY.length())), cap);
  }

  private List<Load> open(String rates) {
    if (ramp != null) {
      throw new PlanException(
          "ramp", ramp, "none beside --rate; a rate that rises is --arrival ramp:TO");
    }
    Arrival law = arrival == null ? new Arrival.Poisson() : Arrival.parse(arrival);
    return NumberList.parse("rate", rates, "requests per second").stream()
        .<Load>map(perSecond -> new OpenLoop(perSecond, law, Optional.ofNullable(maxConcurrency)))
        .toList();
  }

  private List<Load> closed(int users) {
    if (arrival != null) {
      throw new PlanException("arrival", arrival, "none without --rate");
    }
    if (maxConcurrency != null) {
      throw new PlanException("max-concurrency", maxConcurrency, "none without --rate");
    }
    Optional<Duration> opening =
        Optional.ofNullable(ramp).map(text -> Durations.parse("ramp", text));
    return concurrency == null
        ? List.of(new ClosedLoop(users, opening))
        : NumberList.parse("concurrency", concurrency, "whole numbers").stream()
            .<Load>map(number -> new ClosedLoop(whole(number), opening))
            .toList();
  }

  private static int whole(double number) {
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw new PlanException(
          "concurrency", number, "a whole number of at most " + Integer.MAX_VALUE);
    }
    return (int) number;
  }
}
