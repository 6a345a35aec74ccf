package io.streamgauge.agent.client.wire.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Reads sockets into one buffer, one behind the other, each read with the kernel's stamp of its
 * last packet ({@code recvmsg} with {@code SO_TIMESTAMPNS}). {@code recvmsg} cannot write into a
 * Java array, because its header holds addresses; so it writes into native memory, and the bytes of
 * all reads are copied at once.
 */
final class Receiver {
  /** What one read takes at most; a read that fills it has left something. */
  static final int ROOM = 1 << 18;

  private static final int CAPACITY = 2 * ROOM;

  static final long NO_STAMP = 0;

  // struct msghdr, struct iovec and the control message, one behind the other
  private static final long MSG_IOV = 16;
  private static final long MSG_IOVLEN = 24;
  private static final long MSG_CONTROL = 32;
  private static final long MSG_CONTROLLEN = 40;
  private static final long IOVEC = 64;
  private static final long CONTROL = 128;
  private static final long CONTROL_ROOM = 64;
  private static final long END = 192;

  // struct cmsghdr: its length, level and type, then a struct timespec
  private static final long CMSG_LEVEL = 8;
  private static final long CMSG_TYPE = 12;
  private static final long SECONDS = 16;
  private static final long NANOS = 24;
  private static final long WHOLE = 32;

  private final byte[] bytes = new byte[CAPACITY];
  private final MemorySegment heap = MemorySegment.ofArray(bytes);
  private final MemorySegment buffer = Arena.ofAuto().allocate(CAPACITY);
  private final MemorySegment header = Arena.ofAuto().allocate(END, Long.BYTES);
  private final long headerAddress = header.address();
  private final long bufferAddress = buffer.address();
  private final Libc libc;
  private int used;

  Receiver(Libc libc) {
    this.libc = libc;
    header.set(JAVA_LONG, MSG_IOV, headerAddress + IOVEC);
    header.set(JAVA_LONG, MSG_IOVLEN, 1);
    header.set(JAVA_LONG, MSG_CONTROL, headerAddress + CONTROL);
    header.set(JAVA_LONG, IOVEC + Long.BYTES, ROOM);
  }

  /** The bytes read, behind those of the reads before; 0 at the end, -1 for an error. */
  int read(int fd) {
    header.set(JAVA_LONG, IOVEC, bufferAddress + used);
    header.set(JAVA_LONG, MSG_CONTROLLEN, CONTROL_ROOM); // the kernel overwrites it
    int length = (int) libc.receive(fd, headerAddress);
    used += Math.max(0, length);
    return length;
  }

  /** Whether a read more may not have its room. */
  boolean full() {
    return used > CAPACITY - ROOM;
  }

  /** What the reads since the last call brought, one behind the other from 0 on. */
  byte[] take() {
    MemorySegment.copy(buffer, JAVA_BYTE, 0, heap, JAVA_BYTE, 0, used);
    used = 0;
    return bytes;
  }

  /** The kernel's stamp of the last read, of the wall clock in ns. */
  long stamp() {
    return header.get(JAVA_LONG, MSG_CONTROLLEN) >= WHOLE
            && header.get(JAVA_INT, CONTROL + CMSG_LEVEL) == Libc.SOL_SOCKET
            && header.get(JAVA_INT, CONTROL + CMSG_TYPE) == Libc.SO_TIMESTAMPNS
        ? header.get(JAVA_LONG, CONTROL + SECONDS) * 1_000_000_000L
            + header.get(JAVA_LONG, CONTROL + NANOS)
        : NO_STAMP;
  }
}
