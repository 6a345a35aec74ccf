package io.streamgauge.agent.client.wire;

import io.streamgauge.common.agent.StampStats;
import io.streamgauge.common.histogram.DistributionRecorder;

/**
 * Counts how a lane's stamps came about, and by how much they may be late. On the lane's event loop
 * alone.
 *
 * <p>The kernel stamps a read with the arrival of its last packet. So the last event of a read has
 * its own time, and an event before it may have come as early as the connection was last found
 * empty.
 */
public final class StampTally {
  private final DistributionRecorder late = new DistributionRecorder();
  private final DistributionRecorder firstLate = new DistributionRecorder();
  private final DistributionRecorder handing = new DistributionRecorder();
  private long kernel;
  private long user;
  private long shared;
  private long steps;
  private long greatestStep;
  private long bound;
  private boolean byKernel;
  private int largestRead;

  /**
   * A read that is handed on now.
   *
   * @param time ns from when the connection was last found empty to the stamp; 0 where the wire
   *     does not know: the lag of the event loop tells there
   * @param kernels whether the stamp is the kernel's, or ours
   */
  public void read(int length, long time, boolean kernels) {
    kernel += kernels ? 1 : 0;
    user += kernels ? 0 : 1;
    byKernel = kernels;
    bound = Math.max(0, time);
    largestRead = Math.max(largestRead, length);
  }

  /**
   * A token-bearing event of the last read, its answer's {@code number}-th from 0.
   *
   * @param together whether the one before it came in the same read, so that its stamp is this
   *     one's
   */
  public void event(int number, boolean together) {
    if (together) {
      shared++;
    }
    if ((together || !byKernel) && bound > 0) {
      late.record(bound);
      if (number == (byKernel ? 1 : 0)) {
        firstLate.record(bound);
      }
    }
  }

  /** The wall clock was set: it moved by {@code nanos} against the monotonic one. */
  public void step(long nanos) {
    steps++;
    greatestStep = Math.abs(nanos) > Math.abs(greatestStep) ? nanos : greatestStep;
  }

  /** A request was handed to the kernel in so many ns, by which {@code sent} may be early. */
  public void handed(long nanos) {
    handing.record(nanos);
  }

  /** Bytes of the largest read so far. */
  public int largestRead() {
    return largestRead;
  }

  public StampStats stats() {
    return new StampStats(
        kernel,
        user,
        shared,
        steps,
        greatestStep,
        late.snapshot(),
        firstLate.snapshot(),
        handing.snapshot());
  }
}
