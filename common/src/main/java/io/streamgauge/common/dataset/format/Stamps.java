package io.streamgauge.common.dataset.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Shown;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/**
 * Date and time as traces write them: with a blank or a T between, with any digits of a second, and
 * with a zone or, meaning UTC, without.
 */
final class Stamps {
  private static final DateTimeFormatter FORM =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX]")
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter(java.util.Locale.ROOT);

  /** Nanoseconds since 1970. */
  static long nanos(String field, JsonNode value) {
    try {
      if (value.isTextual()) {
        Instant instant = FORM.parse(value.textValue().strip(), Instant::from);
        return Math.addExact(
            Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
      }
    } catch (DateTimeException | ArithmeticException _) {
      // No such stamp: the message below says so.
    }
    throw new PlanException(
        field, Shown.value(value), "a date and time such as 2024-05-12 00:00:00.5+00:00");
  }

  private Stamps() {}
}
