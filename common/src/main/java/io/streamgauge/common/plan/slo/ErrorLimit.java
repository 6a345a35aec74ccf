package io.streamgauge.common.plan.slo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.PlanException;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * How large the client's own error may be before a level is void: its 99th percentile as a share of
 * the metric's median, written {@code 2%}; {@code off} reports the error but never voids.
 */
public record ErrorLimit(Optional<BigDecimal> percent) {
  public static final ErrorLimit DEFAULT = new ErrorLimit(Optional.of(BigDecimal.valueOf(2)));
  public static final ErrorLimit OFF = new ErrorLimit(Optional.empty());

  @JsonCreator
  public static ErrorLimit parse(String text) {
    if (text.equals("off")) {
      return OFF;
    }
    if (!text.matches("\\d{1,4}(\\.\\d{1,6})?%")) {
      throw new PlanException("max_client_error", text, "a share such as 2%, or off");
    }
    BigDecimal percent = new BigDecimal(text.substring(0, text.length() - 1));
    if (percent.signum() == 0) {
      throw new PlanException("max_client_error", text, "a share above 0%, or off");
    }
    return new ErrorLimit(Optional.of(percent));
  }

  /** The share, 0.02 for 2 %; the default one where voiding is off. */
  public double share() {
    return percent.or(DEFAULT::percent).orElseThrow().doubleValue() / 100;
  }

  public boolean voids() {
    return percent.isPresent();
  }

  @JsonValue
  public String text() {
    return percent.map(share -> share.toPlainString() + "%").orElse("off");
  }
}
