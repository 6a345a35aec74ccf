package io.streamgauge.common.plan.load;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import java.time.Duration;
import java.util.List;

/**
 * When an open loop's requests arrive: by a law, written {@code constant}, {@code poisson}, {@code
 * gamma:CV} or {@code ramp:TO}, or at given times, written as their list, {@code replay:FILE} or
 * {@code trace}.
 */
@JsonDeserialize(using = ArrivalReader.class)
public sealed interface Arrival {
  /** The written forms, for messages. */
  String EXPECTED = "constant, poisson, gamma:CV, ramp:TO, replay:FILE or trace";

  /** What leads the name of a file of due times. */
  String REPLAY = "replay:";

  /** Equal gaps of 1/rate. */
  record Constant() implements Arrival {}

  /** Exponential gaps. */
  record Poisson() implements Arrival {}

  /**
   * Gamma-distributed gaps with a coefficient of variation: below 1 smoother, above 1 burstier than
   * Poisson. Its square must not vanish, or a draw would never end.
   */
  record Gamma(double cv) implements Arrival {
    public Gamma {
      if (!(cv >= 0.001 && cv <= 100)) {
        throw new PlanException("arrival", "gamma:" + cv, "gamma:CV with CV from 0.001 to 100");
      }
    }
  }

  /**
   * Poisson arrivals whose rate goes in a straight line from the level's rate to {@code to} (per
   * second).
   */
  record Ramp(double to) implements Arrival {
    public Ramp {
      if (!(to > 0 && to <= OpenLoop.HIGHEST_RATE)) {
        throw new PlanException("arrival", "ramp:" + to, "ramp:TO with a rate above 0");
      }
    }
  }

  /**
   * Given times: no law but a recording.
   *
   * @param times in ns from the level's start, none before the one in front of it
   */
  record Replay(List<Long> times) implements Arrival {
    private static final int MOST = 1_000_000;

    public Replay {
      times = List.copyOf(times);
      if (times.isEmpty() || times.size() > MOST) {
        throw new PlanException("arrival", times.size() + " times", "1 to " + MOST + " due times");
      }
      for (int i = 0; i < times.size(); i++) {
        if (times.get(i) < (i == 0 ? 0 : times.get(i - 1))) {
          throw new PlanException(
              "arrival", times.get(i) + " ns", "due times from 0 that do not go back");
        }
      }
    }

    /** Requests per second on average, for what needs a rate. */
    double meanRate() {
      double seconds = times.getLast() / 1e9;
      return Math.clamp(
          seconds == 0 ? times.size() : times.size() / seconds, 1e-6, OpenLoop.HIGHEST_RATE);
    }
  }

  /**
   * The times of the dataset's own rows. Whoever reads the dataset puts a {@link Replay} in its
   * place, before anything else is done with the level.
   *
   * @param speed how many times as fast as they came
   * @param spreadTies whether requests of one stamp are spread over the time to the next stamp
   */
  record Trace(double speed, boolean spreadTies) implements Arrival {
    private static final double MOST = 1_000_000;

    /** As they came. */
    public static final Trace AS_IT_WAS = new Trace(1, false);

    public Trace {
      if (!(speed >= 1 / MOST && speed <= MOST)) {
        throw new PlanException(
            "speed", speed, "how many times as fast, from 0.000001 to 1000000; 1 is as it was");
      }
    }

    /** The times at which requests of these stamps are due, which count from the first one. */
    public Replay over(List<Long> stamps) {
      return new Replay(TraceTimes.of(stamps, speed, spreadTies));
    }

    /** For whoever should never see one. */
    public IllegalStateException unread() {
      return new IllegalStateException("a trace whose rows were not read");
    }
  }

  /** Whether it brings its times with it, and so its rate. */
  default boolean timed() {
    return this instanceof Replay || this instanceof Trace;
  }

  /** Reads the written form of a law. */
  static Arrival parse(String text) {
    int colon = text.indexOf(':');
    String law = colon < 0 ? text : text.substring(0, colon);
    return switch (law) {
      case "constant" -> plain(text, colon, new Constant());
      case "poisson" -> plain(text, colon, new Poisson());
      case "gamma" -> new Gamma(number(text, colon));
      case "ramp" -> new Ramp(number(text, colon));
      case "trace" -> plain(text, colon, Trace.AS_IT_WAS);
      default -> throw wrong(text);
    };
  }

  private static Arrival plain(String text, int colon, Arrival arrival) {
    if (colon >= 0) {
      throw wrong(text);
    }
    return arrival;
  }

  private static double number(String text, int colon) {
    String number = text.substring(colon + 1);
    if (!number.matches("\\d{1,18}(\\.\\d{1,18})?([eE]-?\\d{1,3})?")) {
      throw wrong(text);
    }
    return Double.parseDouble(number);
  }

  private static PlanException wrong(String text) {
    return new PlanException("arrival", text, EXPECTED);
  }

  /** As in plans, messages and results: a text, or the times themselves. */
  @JsonValue
  default Object written() {
    return this instanceof Replay(List<Long> times)
        ? times.stream().map(time -> Durations.format(Duration.ofNanos(time))).toList()
        : text();
  }

  /** The written form in short. */
  default String text() {
    return switch (this) {
      case Replay(List<Long> times) -> "replay of " + times.size() + " times";
      case Trace _ -> "trace";
      case Constant() -> "constant";
      case Poisson() -> "poisson";
      case Gamma(double cv) -> "gamma:" + cv;
      case Ramp(double to) -> "ramp:" + to;
    };
  }
}
