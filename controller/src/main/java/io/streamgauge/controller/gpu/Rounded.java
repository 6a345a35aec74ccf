package io.streamgauge.controller.gpu;

import java.util.Optional;

/** Numbers as results show them: no more digits than were measured. */
final class Rounded {
  private static final double PRECISION = 1e6;

  static double of(double value) {
    return Math.round(value * PRECISION) / PRECISION;
  }

  /** A share of something; absent where there is nothing to share it by. */
  static Optional<Double> ratio(double value, double by) {
    return by > 0 ? Optional.of(of(value / by)) : Optional.empty();
  }

  private Rounded() {}
}
