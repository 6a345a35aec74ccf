package io.streamgauge.common.measure;

import java.util.Arrays;

/**
 * The least deadline of the later tokens with which one answer is fluid, that is its {@link
 * Fluidity} index {@link Fluidity#ENOUGH} or more. A longer deadline leaves no token less slack, so
 * the index only grows with it, and halving finds the least one.
 */
public final class LeastDeadline {
  /** It is found to a thousandth, and no finer than this. */
  private static final long FINEST_NANOS = 10_000;

  private final long sent;
  private final long first;
  private long[] times = new long[64];
  private int[] tokens = new int[64];
  private int arrivals;
  private long all;

  /** {@code sent} is on the clock of the arrivals; {@code first} is the first token's deadline. */
  public LeastDeadline(long sent, long first) {
    this.sent = sent;
    this.first = first;
  }

  /** {@code count} tokens arrived together at {@code now}; arrivals come in order. */
  public void add(long now, int count) {
    if (count == 0) {
      return;
    }
    if (arrivals == times.length) {
      times = Arrays.copyOf(times, arrivals * 2);
      tokens = Arrays.copyOf(tokens, arrivals * 2);
    }
    times[arrivals] = now;
    tokens[arrivals++] = count;
    all += count;
  }

  /** In ns; {@link RequestRecord#NONE} where the first token is too late for any to do. */
  public long nanos() {
    if (fluidWith(0)) {
      return 0;
    }
    long fails = 0;
    long does = greatestGap();
    if (!fluidWith(does)) {
      return RequestRecord.NONE;
    }
    while (does - fails > Math.max(FINEST_NANOS, does >> 10)) {
      long middle = (fails + does) >>> 1;
      if (fluidWith(middle)) {
        does = middle;
      } else {
        fails = middle;
      }
    }
    return does;
  }

  private boolean fluidWith(long next) {
    Fluidity fluidity = new Fluidity(sent, first, next);
    for (int i = 0; i < arrivals; i++) {
      fluidity.add(times[i], tokens[i]);
    }
    return fluidity.inTime() >= Fluidity.ENOUGH * all;
  }

  private long greatestGap() {
    long greatest = 0;
    for (int i = 1; i < arrivals; i++) {
      greatest = Math.max(greatest, times[i] - times[i - 1]);
    }
    return greatest;
  }
}
