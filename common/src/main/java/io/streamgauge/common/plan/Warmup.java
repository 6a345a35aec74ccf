package io.streamgauge.common.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.PlanException;
import java.util.Arrays;

/** Whether a level only warms up, in plans {@code true}, {@code false} or {@code auto}. */
enum Warmup {
  NO,
  YES,
  /** Until two windows agree. */
  AUTO;

  static final String EXPECTED = "true, false or auto";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Warmup of(Object value) {
    return Arrays.stream(values())
        .filter(choice -> choice.written().equals(value))
        .findFirst()
        .orElseThrow(() -> new PlanException("warmup", value, EXPECTED));
  }

  @JsonValue
  Object written() {
    return switch (this) {
      case NO -> false;
      case YES -> true;
      case AUTO -> "auto";
    };
  }
}
