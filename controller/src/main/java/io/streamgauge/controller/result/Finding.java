package io.streamgauge.controller.result;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A flag on a result. {@link Severity#VOID} makes the level's numbers unusable. */
public record Finding(FindingCode code, Severity severity, String message) {

  /** How much a finding weighs. */
  public enum Severity {
    INFO,
    WARNING,
    VOID;

    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
