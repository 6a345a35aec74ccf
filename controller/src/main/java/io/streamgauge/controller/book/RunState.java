package io.streamgauge.controller.book;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a run stands. */
public enum RunState {
  QUEUED,
  RUNNING,
  ENDED;

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
