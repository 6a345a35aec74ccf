package io.streamgauge.common.agent;

import io.streamgauge.common.histogram.Distribution;

/**
 * How a client's stamps came about during a level. {@link #plus} with {@link #ZERO} is a monoid.
 *
 * @param kernel reads that the kernel stamped when their last packet came
 * @param user reads that the client stamped when it took them
 * @param shared token-bearing events that came in one read with a later one of their answer: the
 *     stamp of the later one is theirs too
 * @param steps times that the wall clock was set, against which the kernel stamps; each lane sees
 *     them all, so that they do not add up
 * @param greatestStepNanos the greatest of these, forward above 0
 * @param late by how much the stamps of shared events, and of those that the client stamped itself,
 *     may be late at most, in ns; where the client knows that
 * @param firstLate those of them that are of an answer's first event
 * @param handing how long the kernel took to take a request, in ns: {@code sent} may be early by
 *     that
 */
public record StampStats(
    long kernel,
    long user,
    long shared,
    long steps,
    long greatestStepNanos,
    Distribution late,
    Distribution firstLate,
    Distribution handing) {
  public static final StampStats ZERO =
      new StampStats(0, 0, 0, 0, 0, Distribution.ZERO, Distribution.ZERO, Distribution.ZERO);

  public StampStats plus(StampStats other) {
    return new StampStats(
        kernel + other.kernel,
        user + other.user,
        shared + other.shared,
        Math.max(steps, other.steps),
        Math.abs(other.greatestStepNanos) > Math.abs(greatestStepNanos)
            ? other.greatestStepNanos
            : greatestStepNanos,
        late.plus(other.late),
        firstLate.plus(other.firstLate),
        handing.plus(other.handing));
  }
}
