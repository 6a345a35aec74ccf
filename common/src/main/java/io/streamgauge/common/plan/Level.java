package io.streamgauge.common.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One load setting of a plan.
 *
 * @param warmup whether its requests are left out of the results
 */
public record Level(String name, Load load, Extent extent, boolean warmup) {

  public Level {
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new PlanException("name", name, "1 to 64 letters, digits, dots, dashes or underscores");
    }
    if (extent.untilSteady() && !warmup) {
      throw new PlanException("warmup", false, "auto or true for a level that ends when steady");
    }
    extent = within(load, extent);
    if (load instanceof OpenLoop(double rate, Arrival.Ramp ramp, var cap)
        && extent.equals(Extent.EACH_PROMPT_ONCE)) {
      throw new PlanException("arrival", ramp.text(), "requests or duration beside a ramp");
    }
  }

  /** A replay ends with its last time, unless the extent ends sooner. */
  private static Extent within(Load load, Extent extent) {
    if (!(load instanceof OpenLoop(double _, Arrival.Replay(List<Long> times), var _))) {
      return extent;
    }
    long requests = extent.requests().orElse((long) times.size());
    if (requests > times.size()) {
      throw new PlanException(
          "requests", requests, "at most the %d times of the replay".formatted(times.size()));
    }
    return new Extent(Optional.of(requests), extent.duration(), extent.untilSteady());
  }

  /** The same with the times of its dataset's rows, where they are its own. */
  Level at(List<Long> stamps) {
    return load instanceof OpenLoop(double _, Arrival.Trace trace, Optional<Integer> cap)
        ? new Level(name, OpenLoop.replay(trace.over(stamps), cap), extent, warmup)
        : this;
  }

  public Level withExtent(Extent other) {
    return new Level(name, load, other, warmup);
  }

  /** The form of a level in plan files, messages and results. */
  record Form(
      Optional<String> name,
      Optional<Integer> concurrency,
      Optional<Duration> ramp,
      Optional<Double> rate,
      Optional<Arrival> arrival,
      Optional<Double> speed,
      Optional<Boolean> spreadTies,
      Optional<Integer> maxConcurrency,
      Optional<Long> requests,
      Optional<Duration> duration,
      Optional<Warmup> warmup) {}

  @JsonCreator
  static Level of(Form form) {
    Load load = load(form);
    return new Level(
        form.name().orElseGet(() -> defaultName(load)),
        load,
        extent(form),
        form.warmup().orElse(Warmup.NO) != Warmup.NO);
  }

  private static Extent extent(Form form) {
    if (form.warmup().orElse(Warmup.NO) != Warmup.AUTO) {
      return new Extent(form.requests(), form.duration());
    }
    form.requests().ifPresent(n -> misplacedBesideAuto("requests", n));
    return form.duration().map(Extent::warmingUp).orElseGet(Extent::warmingUp);
  }

  private static void misplacedBesideAuto(String field, Object value) {
    throw new PlanException(field, value, "none beside warmup: auto, which a duration bounds");
  }

  private Warmup kind() {
    return extent.untilSteady() ? Warmup.AUTO : warmup ? Warmup.YES : Warmup.NO;
  }

  /** {@code c20} for twenty users, {@code r10} for ten requests per second. */
  public static String defaultName(Load load) {
    return switch (load) {
      case ClosedLoop closed -> "c" + closed.concurrency();
      case OpenLoop open when open.arrival().timed() -> "replay";
      case OpenLoop open ->
          open.rate() == Math.rint(open.rate()) ? "r" + Math.round(open.rate()) : "r" + open.rate();
    };
  }

  private static Load load(Form form) {
    Optional<Arrival> arrival = form.arrival();
    if (arrival.filter(Arrival.Trace.class::isInstance).isEmpty()) {
      form.speed().ifPresent(speed -> misplaced("speed", speed, "arrival: trace"));
      form.spreadTies().ifPresent(wanted -> misplaced("spread_ties", wanted, "arrival: trace"));
    }
    if (arrival.filter(Arrival::timed).isPresent()) {
      form.rate().ifPresent(rate -> misplacedBeside("rate", rate));
      form.concurrency().ifPresent(users -> misplacedBeside("concurrency", users));
      form.ramp().ifPresent(ramp -> misplacedBeside("ramp", Durations.format(ramp)));
      return arrival.get() instanceof Arrival.Replay replay
          ? OpenLoop.replay(replay, form.maxConcurrency())
          : OpenLoop.trace(
              new Arrival.Trace(form.speed().orElse(1.0), form.spreadTies().orElse(false)),
              form.maxConcurrency());
    }
    if (form.concurrency().isPresent() == form.rate().isPresent()) {
      throw new PlanException(
          "level %s: expected either concurrency or rate, %s"
              .formatted(
                  form.name().orElse("without name"),
                  form.rate().isPresent() ? "both are given" : "neither is given"));
    }
    if (form.concurrency().isPresent()) {
      form.arrival().ifPresent(a -> misplaced("arrival", a.text(), "rate"));
      form.maxConcurrency().ifPresent(cap -> misplaced("max_concurrency", cap, "rate"));
      return new ClosedLoop(form.concurrency().get(), form.ramp());
    }
    form.ramp().ifPresent(ramp -> misplaced("ramp", Durations.format(ramp), "concurrency"));
    return new OpenLoop(
        form.rate().orElseThrow(),
        form.arrival().orElse(new Arrival.Poisson()),
        form.maxConcurrency());
  }

  private static void misplacedBeside(String field, Object value) {
    throw new PlanException(field, value, "none beside the due times of a replay");
  }

  private static void misplaced(String field, Object value, String partner) {
    throw new PlanException(field, value, "none without " + partner);
  }

  /** How it goes at the times of its dataset's rows, where these are not read yet. */
  public Optional<Arrival.Trace> trace() {
    return load instanceof OpenLoop(double _, Arrival.Trace trace, var _)
        ? Optional.of(trace)
        : Optional.empty();
  }

  @JsonValue
  Form form() {
    Optional<ClosedLoop> closed =
        load instanceof ClosedLoop users ? Optional.of(users) : Optional.empty();
    Optional<OpenLoop> open = load instanceof OpenLoop rate ? Optional.of(rate) : Optional.empty();
    return new Form(
        Optional.of(name),
        closed.map(ClosedLoop::concurrency),
        closed.flatMap(ClosedLoop::ramp),
        open.filter(rate -> !rate.arrival().timed()).map(OpenLoop::rate),
        open.map(OpenLoop::arrival),
        trace().map(Arrival.Trace::speed),
        trace().map(Arrival.Trace::spreadTies).filter(wanted -> wanted),
        open.flatMap(OpenLoop::maxConcurrency),
        extent.requests(),
        extent.duration(),
        Optional.of(kind()));
  }
}
