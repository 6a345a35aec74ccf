package io.streamgauge.controller.stats;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Shares as they are told: in percent, with a decimal where it says something. */
public final class Shares {
  /** {@code 40 %} of 0.4, {@code 33.3 %} of a third. */
  public static String percent(double share) {
    BigDecimal percent = BigDecimal.valueOf(share * 100);
    int digits = share > 0 && share < 0.001 ? 3 : 1;
    return percent.setScale(digits, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString()
        + " %";
  }

  private Shares() {}
}
