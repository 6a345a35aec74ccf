package io.streamgauge.agent.client.wire.kernel;

import io.streamgauge.agent.client.wire.StampTally;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads sockets, stamps what came, and then hands it on. Some reads are made before what they
 * brought is looked at, because the kernel's code and ours drive each other out of the processor's
 * caches.
 */
final class Reads {
  private static final int MOST = 32;

  private final Receiver receiver;
  private final KernelClock clock;
  private final StampTally tally;
  private final Consumer<Throwable> faults;

  // The reads that are not handed on yet.
  private final @Nullable KernelSocket[] sockets = new KernelSocket[MOST];
  private final int[] lengths = new int[MOST];
  private final long[] stamps = new long[MOST];
  private final long[] bounds = new long[MOST];
  private final boolean[] byKernel = new boolean[MOST];
  private int count;

  /**
   * @param faults hears of what a listener threw
   */
  Reads(Receiver receiver, KernelClock clock, StampTally tally, Consumer<Throwable> faults) {
    this.receiver = receiver;
    this.clock = clock;
    this.tally = tally;
    this.faults = faults;
  }

  /** The bytes read; 0 at the end, -1 for an error. */
  int read(int fd) {
    return receiver.read(fd);
  }

  /**
   * Stamps the last read, in ns of {@link System#nanoTime}: with the kernel's stamp, or ours where
   * it gave none that can be. Its socket hears of it with the others.
   *
   * @param since when the socket was last found empty
   */
  void hold(KernelSocket socket, int length, long since) {
    long now = System.nanoTime();
    long wall = receiver.stamp();
    long stamp = wall == Receiver.NO_STAMP ? KernelClock.NONE : clock.monotonic(wall, since, now);
    byKernel[count] = stamp != KernelClock.NONE;
    stamps[count] = byKernel[count] ? stamp : now;
    bounds[count] = stamps[count] - since;
    lengths[count] = length;
    sockets[count++] = socket;
  }

  /** Whether what is held is to be handed on before another read. */
  boolean full() {
    return count == MOST || receiver.full();
  }

  /** Hands on what is held, in the order of the reads. */
  void hand() {
    if (count == 0) {
      return;
    }
    byte[] bytes = receiver.take();
    int all = count;
    count = 0;
    int offset = 0;
    for (int i = 0; i < all; i++) {
      hand(i, bytes, offset);
      offset += lengths[i];
    }
  }

  private void hand(int i, byte[] bytes, int offset) {
    KernelSocket socket = sockets[i];
    sockets[i] = null;
    if (socket == null) {
      return;
    }
    tally.read(lengths[i], bounds[i], byKernel[i]);
    try {
      socket.heard(bytes, offset, lengths[i], stamps[i]);
    } catch (RuntimeException | Error fault) {
      faults.accept(fault);
    }
  }

  /** Before the reads of a look: where the two clocks stand. */
  void look() {
    clock.look();
  }

  StampTally tally() {
    return tally;
  }
}
