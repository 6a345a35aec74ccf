package io.streamgauge.common.dataset.file;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import java.time.Duration;

/** A part of a trace, from the first row's time on: rows from one time to before another. */
public record Window(long fromNanos, long toNanos) {
  private static final String EXPECTED = "FROM..TO such as 10m..20m, of which one may be left out";

  public Window {
    if (fromNanos >= toNanos) {
      throw new PlanException("window", form(fromNanos, toNanos), "an end after its beginning");
    }
  }

  @JsonCreator
  public static Window parse(String text) {
    String[] ends = text.strip().split("\\.\\.", -1);
    if (ends.length != 2 || (ends[0].isBlank() && ends[1].isBlank())) {
      throw new PlanException("window", text, EXPECTED);
    }
    return new Window(nanos(ends[0], 0), nanos(ends[1], Long.MAX_VALUE));
  }

  private static long nanos(String text, long otherwise) {
    return text.isBlank()
        ? otherwise
        : text.strip().equals("0") ? 0 : Durations.parse("window", text).toNanos();
  }

  boolean has(long nanos) {
    return nanos >= fromNanos && nanos < toNanos;
  }

  @JsonValue
  public String text() {
    return form(fromNanos, toNanos);
  }

  private static String form(long from, long to) {
    return Durations.format(Duration.ofNanos(from))
        + ".."
        + (to == Long.MAX_VALUE ? "" : Durations.format(Duration.ofNanos(to)));
  }
}
