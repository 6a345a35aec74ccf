package io.streamgauge.agent.client.wire.kernel;

import io.streamgauge.agent.client.wire.WireListener;
import io.streamgauge.agent.client.wire.WireSocket;
import java.lang.foreign.MemorySegment;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** An open socket of a {@link KernelWire}. */
final class KernelSocket implements WireSocket, Slots.Holder {
  private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

  private final KernelWire wire;
  private final int fd;
  private final int slot;
  private @Nullable WireListener listener;
  private MemorySegment unsent = NOTHING;
  private LongConsumer handed = _ -> {};
  private long acknowledged = PeerInfo.UNKNOWN;

  /** When it was last found empty, where its last read left something; else the wire knows. */
  private long leftSince = KernelClock.NONE;

  private boolean over;

  KernelSocket(KernelWire wire, int fd, int slot) {
    this.wire = wire;
    this.fd = fd;
    this.slot = slot;
  }

  @Override
  public void listen(WireListener hears) {
    listener = hears;
  }

  @Override
  public void send(byte[] bytes, LongConsumer whenHanded) {
    unsent = MemorySegment.ofArray(bytes);
    handed = whenHanded;
    long begun = System.nanoTime();
    switch (write()) {
      case WHOLE -> {
        wire.reads().tally().handed(System.nanoTime() - begun);
        whenHanded.accept(begun);
      }
      case IN_PART -> wire.looks().awaitRoom(fd, slot);
      case NO_MORE -> {}
    }
  }

  /** The kernel has room again for what it did not take. */
  void writable() {
    long begun = System.nanoTime();
    switch (write()) {
      case WHOLE -> {
        wire.looks().awaitNoRoom(fd);
        handed.accept(begun);
      }
      case IN_PART -> {}
      case NO_MORE -> wire.looks().awaitNoRoom(fd);
    }
  }

  private enum Written {
    WHOLE,
    IN_PART,
    /** The connection takes nothing any more. */
    NO_MORE
  }

  /**
   * Writes what the kernel takes. Where the other side is gone, the reads tell what it said last
   * and how it went.
   */
  private Written write() {
    while (unsent.byteSize() > 0) {
      long taken = over ? 0 : wire.libc().send(fd, unsent);
      if (taken > 0) {
        unsent = unsent.asSlice(taken);
        continue;
      }
      int errno = over ? Errno.EPIPE : wire.libc().errno();
      switch (errno) {
        case Errno.EINTR -> {}
        case Errno.EAGAIN -> {
          return Written.IN_PART;
        }
        case Errno.EPIPE, Errno.ECONNRESET -> {
          return Written.NO_MORE;
        }
        default -> {
          wire.later(() -> fail(errno));
          return Written.NO_MORE;
        }
      }
    }
    unsent = NOTHING;
    return Written.WHOLE;
  }

  /**
   * Something can be read, or may: {@link #heard} tells what it was.
   *
   * @param since when the lane last looked at all its sockets
   */
  void readable(long since) {
    WireListener hears = listener;
    if (over || hears == null) {
      return;
    }
    Reads reads = wire.reads();
    int length = reads.read(fd);
    if (length > 0) {
      long empty = leftSince == KernelClock.NONE ? since : leftSince;
      leftSince = KernelClock.NONE;
      if (length == Receiver.ROOM) {
        leftSince = empty;
        wire.looks().moreIsLeft();
      }
      reads.hold(this, length, empty);
    } else if (length == 0) {
      wire.looks().unwatch(fd);
      hears.ended();
    } else {
      int errno = wire.libc().errno();
      if (errno != Errno.EAGAIN && errno != Errno.EINTR) {
        fail(errno);
      }
    }
  }

  /** What a read has brought; nobody hears of it where the connection was closed meanwhile. */
  void heard(byte[] bytes, int offset, int length, long stamp) {
    if (!over && listener != null) {
      listener.read(bytes, offset, length, stamp);
    }
  }

  private void fail(int errno) {
    if (!over && listener != null) {
      wire.looks().unwatch(fd);
      listener.failed(Errno.broken(errno));
    }
  }

  @Override
  public boolean closed() {
    acknowledged = over ? PeerInfo.UNKNOWN : wire.peers().acknowledged(fd);
    return over || wire.peers().closed(fd);
  }

  @Override
  public boolean gotNothing() {
    return !over
        && acknowledged != PeerInfo.UNKNOWN
        && wire.peers().acknowledged(fd) == acknowledged;
  }

  @Override
  public void close() {
    if (!over) {
      over = true;
      wire.close(fd, slot);
      if (listener != null) {
        listener.gone();
      }
    }
  }

  @Override
  public void abandon() {
    close();
  }
}
