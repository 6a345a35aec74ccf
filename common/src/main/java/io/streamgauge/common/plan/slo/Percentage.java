package io.streamgauge.common.plan.slo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.PlanException;
import java.math.BigDecimal;

/** A share of a whole, written in per cent: {@code 1%}, {@code 0.5%}. */
public record Percentage(BigDecimal percent) {
  public static final Percentage ONE_PERCENT = new Percentage(BigDecimal.ONE);

  public Percentage {
    if (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
      throw new PlanException("max_failed", percent + "%", "a share from 0% to 100%");
    }
  }

  @JsonCreator
  public static Percentage parse(String text) {
    if (!text.matches("\\d{1,3}(\\.\\d{1,6})?%")) {
      throw new PlanException("max_failed", text, "a share from 0% to 100% such as 1%");
    }
    return new Percentage(new BigDecimal(text.substring(0, text.length() - 1)));
  }

  /** Whether {@code part} of {@code whole} is more than this share. */
  public boolean exceededBy(long part, long whole) {
    return BigDecimal.valueOf(part)
            .multiply(BigDecimal.valueOf(100))
            .compareTo(percent.multiply(BigDecimal.valueOf(whole)))
        > 0;
  }

  @JsonValue
  public String text() {
    return percent.toPlainString() + "%";
  }
}
