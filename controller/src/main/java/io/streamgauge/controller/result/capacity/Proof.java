package io.streamgauge.controller.result.capacity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a level's requests say of an objective, or of all. */
public enum Proof {
  PASSES,
  FAILS,
  /** Neither is proved. */
  UNDECIDED;

  /** With which both others are proved. */
  public static final double CONFIDENCE = 0.95;

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
