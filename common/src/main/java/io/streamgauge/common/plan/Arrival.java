package io.streamgauge.common.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.PlanException;

/**
 * The law of an open loop's arrivals, written {@code constant}, {@code poisson}, {@code gamma:CV}
 * or {@code ramp:TO}.
 */
public sealed interface Arrival {
  /** The written forms, for messages. */
  String EXPECTED = "constant, poisson, gamma:CV or ramp:TO";

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

  /** Reads the written form. */
  @JsonCreator
  static Arrival parse(String text) {
    int colon = text.indexOf(':');
    String law = colon < 0 ? text : text.substring(0, colon);
    return switch (law) {
      case "constant" -> plain(text, colon, new Constant());
      case "poisson" -> plain(text, colon, new Poisson());
      case "gamma" -> new Gamma(number(text, colon));
      case "ramp" -> new Ramp(number(text, colon));
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

  /** The written form. */
  @JsonValue
  default String text() {
    return switch (this) {
      case Constant() -> "constant";
      case Poisson() -> "poisson";
      case Gamma(double cv) -> "gamma:" + cv;
      case Ramp(double to) -> "ramp:" + to;
    };
  }
}
