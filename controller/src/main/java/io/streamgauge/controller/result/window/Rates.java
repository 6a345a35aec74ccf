package io.streamgauge.controller.result.window;

/** Rates as results give them: to a millionth, and 0 where no time passed. */
public final class Rates {
  public static double of(double amount, double seconds) {
    return seconds <= 0 ? 0 : round(amount / seconds);
  }

  public static double of(long amount, double seconds) {
    return of((double) amount, seconds);
  }

  public static double round(double value) {
    return Math.round(value * 1e6) / 1e6;
  }

  private Rates() {}
}
