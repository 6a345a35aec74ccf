package io.streamgauge.controller.compare;

import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.PlanException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit of CI, written {@code ttft_p99>5%}: it fails when the measure is worse by more than so
 * much, and the whole interval says so.
 *
 * @param worse a share such as 0.05
 */
public record Gate(Measure measure, double worse, String text) {
  private static final Pattern FORM =
      Pattern.compile("\\s*(\\w+)\\s*>\\s*(\\d{1,4}(\\.\\d{1,6})?)%\\s*");

  /** What came of a gate. */
  public enum Outcome {
    PASSED,
    FAILED,
    /** What cannot be known passes no gate. */
    UNKNOWN;

    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Gate parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new PlanException(
          "fail-if", text, "MEASURE>SHARE%, worse by more than so much, such as ttft_p99>5%");
    }
    return new Gate(
        Measure.parse("fail-if", form.group(1)),
        Double.parseDouble(form.group(2)) / 100,
        text.strip());
  }

  Outcome judge(Row row) {
    return switch (row) {
      case Row.Compared compared ->
          compared.leastWorsening() > worse ? Outcome.FAILED : Outcome.PASSED;
      case Row.Uncompared _ -> Outcome.UNKNOWN;
    };
  }
}
