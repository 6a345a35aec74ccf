package io.streamgauge.controller.stats;

/** The standard normal distribution. */
final class Normal {
  /**
   * The probability of a value farther from 0 than {@code z}, on either side: erfc(z / sqrt 2) =
   * Q(1/2, z^2/2) of the gamma distribution.
   */
  static double beyond(double z) {
    return z <= 0 ? 1 : 1 - Gamma.cdf(0.5, z * z / 2);
  }

  private Normal() {}
}
