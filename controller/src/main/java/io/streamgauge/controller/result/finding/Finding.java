package io.streamgauge.controller.result.finding;

import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.message.RunEvent;
import java.util.Locale;
import java.util.Optional;

/** A flag on a result. {@link Severity#VOID} makes the level's numbers unusable. */
public record Finding(FindingCode code, Severity severity, String message) {

  /** A finding where {@code found} holds; numbers are written as in English. */
  static Optional<Finding> when(
      boolean found, FindingCode code, Severity severity, String message, Object... values) {
    return found
        ? Optional.of(new Finding(code, severity, String.format(Locale.ROOT, message, values)))
        : Optional.empty();
  }

  /** What those who follow the run are told. */
  public RunEvent.Flag flag() {
    return new RunEvent.Flag(code.label(), severity.label(), message);
  }

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
