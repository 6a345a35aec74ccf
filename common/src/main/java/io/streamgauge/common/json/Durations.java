package io.streamgauge.common.json;

import io.streamgauge.common.PlanException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as users write them: a number and one of {@code us}, {@code ms}, {@code s}, {@code m},
 * {@code h}.
 */
public final class Durations {
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final Pattern FORM = Pattern.compile("(\\d{1,16}(?:\\.\\d{1,9})?)(us|ms|s|m|h)");

  /**
   * Reads {@code 250ms}, {@code 1.5s}, {@code 5m}.
   *
   * @throws PlanException naming {@code field} when the text has no unit or is no number
   */
  public static Duration parse(String field, String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new PlanException(field, text, "a duration with its unit such as 250ms, 30s or 5m");
    }
    BigDecimal nanos =
        new BigDecimal(matcher.group(1))
            .multiply(BigDecimal.valueOf(nanos(matcher.group(2))))
            .setScale(0, RoundingMode.HALF_UP);
    if (nanos.compareTo(LONGEST) > 0) {
      throw new PlanException(field, text, "a duration below 292 years");
    }
    return Duration.ofNanos(nanos.longValueExact());
  }

  /** The shortest form that {@link #parse} reads back as the same duration. */
  public static String format(Duration duration) {
    long nanos = duration.toNanos();
    for (String unit : new String[] {"h", "m", "s", "ms"}) {
      if (nanos % nanos(unit) == 0 && nanos != 0) {
        return nanos / nanos(unit) + unit;
      }
    }
    return nanos == 0
        ? "0s"
        : BigDecimal.valueOf(nanos, 3).stripTrailingZeros().toPlainString() + "us";
  }

  private static long nanos(String unit) {
    return switch (unit) {
      case "us" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      default -> 3_600_000_000_000L;
    };
  }

  private Durations() {}
}
