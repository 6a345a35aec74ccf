package io.streamgauge.common.measure;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a run ended. */
public enum RunStatus {
  COMPLETED,
  DEGRADED,
  INTERRUPTED,
  CANCELLED,
  FAILED;

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
