package io.streamgauge.agent.client.wire.kernel;

import io.streamgauge.agent.client.wire.StampTally;

/** Reads sockets, one after the other, and stamps what came. */
final class Reads {
  private final Receiver receiver;
  private final KernelClock clock;
  private final StampTally tally;

  Reads(Receiver receiver, KernelClock clock, StampTally tally) {
    this.receiver = receiver;
    this.clock = clock;
    this.tally = tally;
  }

  /** The bytes of the last read, from 0 on; good until the next. */
  byte[] bytes() {
    return receiver.bytes;
  }

  /** The bytes read; 0 at the end, -1 for an error. */
  int read(int fd) {
    return receiver.read(fd);
  }

  /**
   * The stamp of the last read, in ns of {@link System#nanoTime}: the kernel's, or ours where it
   * gave none that can be.
   *
   * @param since when the socket was last found empty
   */
  long stamp(int length, long since) {
    long now = System.nanoTime();
    long wall = receiver.stamp();
    long stamp = wall == Receiver.NO_STAMP ? KernelClock.NONE : clock.monotonic(wall, since, now);
    if (stamp == KernelClock.NONE) {
      tally.userRead(length, now - since);
      return now;
    }
    tally.kernelRead(length, stamp - since);
    return stamp;
  }

  /** Before the reads of a look: where the two clocks stand. */
  void look() {
    clock.look();
  }

  StampTally tally() {
    return tally;
  }
}
