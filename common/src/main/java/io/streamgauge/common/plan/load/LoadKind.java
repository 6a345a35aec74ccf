package io.streamgauge.common.plan.load;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a load is a number of: users of a closed loop, or requests per second of an open one. */
public enum LoadKind {
  CONCURRENCY,
  RATE;

  public static LoadKind of(Load load) {
    return switch (load) {
      case ClosedLoop _ -> CONCURRENCY;
      case OpenLoop _ -> RATE;
    };
  }

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
