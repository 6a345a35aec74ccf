package io.streamgauge.agent.client.wire.kernel;

/**
 * How often a lane looks at its sockets. The kernel stamps what comes, so a look may be late; but
 * what comes within one period on one connection shares a stamp, so a period is a quarter of the
 * least median gap at most, and 1 ms at most. While so little comes that looking is no matter of
 * cost, the sockets wake the lane at once beside that.
 */
final class LookPeriod {
  static final long LONGEST = 1_000_000;
  static final long SHORTEST = 100_000;

  private static final int OF_A_GAP = 4;
  private static final long WINDOW = 50_000_000;

  /**
   * Reads in a millisecond up to which the lane is woken at once; less to begin with it again. A
   * waking costs some ten reads, so that 100 streams cost half as much again when it is 20.
   */
  private static final double FEW = 3;

  private static final double FEWER = 2;

  private long leastGap = Long.MAX_VALUE;
  private boolean atOnce = true;
  private long windowStart;
  private long reads;
  private long due;

  /** Ns from a look to the next. */
  long nanos() {
    return Math.clamp(leastGap / OF_A_GAP, SHORTEST, LONGEST);
  }

  /** The looks by the clock begin at {@code now}. */
  void begin(long now) {
    due = now + nanos();
  }

  /**
   * How late the look by the clock is that comes at {@code now}, in ns; below 0 where none is due
   * yet. Those that it comes too late for are left out.
   */
  long late(long now) {
    long late = now - due;
    due += late < 0 ? 0 : late - late % nanos() + nanos();
    return late;
  }

  /** Ns from {@code now} to the next look by the clock. */
  long untilDue(long now) {
    return Math.max(0, due - now);
  }

  /** Whether the sockets are to wake the lane. */
  boolean atOnce() {
    return atOnce;
  }

  /** The median gap of an answer, in ns. */
  void gap(long median) {
    if (median > 0) {
      leastGap = Math.min(leastGap, median);
    }
  }

  /** A look at {@code now} found so many sockets ready. */
  void looked(int found, long now) {
    reads += found;
    long elapsed = now - windowStart;
    if (elapsed >= WINDOW) {
      double perMilli = reads * 1e6 / elapsed;
      atOnce = perMilli < (atOnce ? FEW : FEWER);
      windowStart = now;
      reads = 0;
    }
  }
}
