package io.streamgauge.agent.client.wire.kernel;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A set of descriptors of our own, each with a number by which it is known when it is ready. */
final class Epoll {
  private static final int ADD = 1;
  private static final int REMOVE = 2;

  /** {@code struct epoll_event} is packed on x86-64 alone: elsewhere the data is at byte 8. */
  private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");

  private static final int INTS = PACKED ? 3 : 4;
  private static final int DATA = PACKED ? 1 : 2;
  static final int MOST = 4_096;

  final int fd;
  private final int[] events = new int[MOST * INTS];
  private final MemorySegment eventsSegment = MemorySegment.ofArray(events);
  private final int[] change = new int[INTS];
  private final MemorySegment changeSegment = MemorySegment.ofArray(change);

  Epoll(Libc libc) throws IOException {
    fd = libc.epoll();
    if (fd < 0) {
      throw Errno.broken(libc.errno());
    }
  }

  /** Adds a descriptor, which is not in the set, by that number. */
  void add(int descriptor, int events, int number) {
    change[0] = events;
    change[DATA] = number;
    if (Libc.control(fd, ADD, descriptor, changeSegment) != 0) {
      throw new IllegalStateException("epoll_ctl: cannot watch descriptor " + descriptor);
    }
  }

  /** Takes a descriptor out; harmless where it is not in. */
  void remove(int descriptor) {
    Libc.control(fd, REMOVE, descriptor, changeSegment);
  }

  /** Looks which are ready now; how many, never above {@link #MOST}. */
  int look() {
    return Libc.ready(fd, eventsSegment, MOST);
  }

  /** The number of the {@code i}-th one that the last look found. */
  int number(int i) {
    return events[i * INTS + DATA];
  }

  void close() {
    Libc.close(fd);
  }
}
