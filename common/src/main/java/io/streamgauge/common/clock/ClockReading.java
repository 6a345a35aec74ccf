package io.streamgauge.common.clock;

/**
 * What an agent knows of the controller's clock, from the round trips with the least delay: half of
 * such a round trip bounds the error whatever the two ways took.
 *
 * @param offsetNanos the controller's clock minus the agent's
 * @param boundNanos the offset is off by no more than that
 */
public record ClockReading(long offsetNanos, long boundNanos) {
  public static final ClockReading SAME = new ClockReading(0, 0);

  public ClockReading {
    if (boundNanos < 0) {
      throw new IllegalArgumentException(
          "boundNanos: %d is not valid, expected 0 or more".formatted(boundNanos));
    }
  }
}
