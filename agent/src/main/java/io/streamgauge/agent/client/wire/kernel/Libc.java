package io.streamgauge.agent.client.wire.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * The few calls of Linux's libc that a lane needs, of 64-bit systems. None of them can block, so
 * they run without a state transition of the JVM ({@code critical}), and those that take a segment
 * take a Java array's without a copy; {@link #duplicate} can, and is not the lane's. Numbers are
 * those of x86-64 and AArch64, which are the same.
 */
@SuppressWarnings(
    "restricted") // which the launcher and the jar allow; where it is refused, see Usable
final class Libc {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOL_SOCKET = 1;
  static final int SO_TIMESTAMPNS = 35;
  static final int IPPROTO_TCP = 6;
  static final int TCP_NODELAY = 1;
  static final int EPOLLIN = 1;
  static final int EPOLLOUT = 4;

  private static final int CLOCK_REALTIME = 0;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int EPOLL_CLOEXEC = 0x80000;
  private static final int SO_ERROR = 4;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int PRIO_PROCESS = 0;
  private static final int THIS_THREAD = 0;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int F_DUPFD_CLOEXEC = 1030;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option HEAP = Linker.Option.critical(true);
  private static final Linker.Option PLAIN = Linker.Option.critical(false);
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle STATE_ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final AddressLayout TEXT =
      ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(256, JAVA_BYTE));

  private static final MethodHandle SOCKET =
      call("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), ERRNO);
  private static final MethodHandle CONNECT =
      call("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), HEAP, ERRNO);
  private static final MethodHandle SETSOCKOPT =
      call(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
          HEAP);
  private static final MethodHandle GETSOCKOPT =
      call(
          "getsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS),
          HEAP);
  private static final MethodHandle CLOSE =
      call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), PLAIN);
  private static final MethodHandle SEND =
      call(
          "send",
          FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT),
          HEAP,
          ERRNO);
  private static final MethodHandle RECVMSG =
      call(
          "recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT), PLAIN, ERRNO);
  private static final MethodHandle EPOLL_CREATE1 =
      call("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT), ERRNO);
  private static final MethodHandle EPOLL_CTL =
      call(
          "epoll_ctl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS),
          HEAP);
  private static final MethodHandle EPOLL_WAIT =
      call(
          "epoll_wait",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
          HEAP);
  private static final MethodHandle CLOCK_GETTIME =
      call("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS), HEAP);
  private static final MethodHandle SETPRIORITY =
      call("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), PLAIN);
  private static final MethodHandle FCNTL =
      call(
          "fcntl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle STRERROR =
      call("strerror", FunctionDescriptor.of(TEXT, JAVA_INT));

  /** Where a call leaves its errno; one a lane, because a lane makes one call at a time. */
  private final MemorySegment state = Arena.ofAuto().allocate(STATE);

  private final int[] option = new int[1];
  private final MemorySegment optionSegment = MemorySegment.ofArray(option);
  private final long[] time = new long[2]; // a struct timespec
  private final MemorySegment timeSegment = MemorySegment.ofArray(time);
  private final MemorySegment lengthSegment = MemorySegment.ofArray(new int[1]);

  /**
   * Asked once, and in a class of its own: a JVM that refuses native access throws out of the
   * initialiser above, whatever is first called here.
   */
  static final class Usable {
    /** Why this process cannot use them; empty where it can. */
    static final Optional<String> WHY_NOT = whyNot();

    private static Optional<String> whyNot() {
      String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
      return switch (system) {
        case "Linux amd64", "Linux aarch64" -> tried();
        default -> Optional.of("on " + system);
      };
    }

    private static Optional<String> tried() {
      try {
        return new Libc().wallTime() > 0
            ? Optional.empty()
            : Optional.of("the C library's clock does not run");
      } catch (RuntimeException | LinkageError e) {
        return Optional.of(String.valueOf(e));
      }
    }
  }

  private static MethodHandle call(String name, FunctionDescriptor type, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, options);
  }

  /** What the last call that failed said. */
  int errno() {
    return (int) STATE_ERRNO.get(state, 0L);
  }

  /** The system's words for an errno. */
  static String words(int errno) {
    try {
      return ((MemorySegment) STRERROR.invokeExact(errno)).getString(0);
    } catch (Throwable t) {
      throw fault(t);
    }
  }

  /** A TCP socket that never blocks; -1 for an error. */
  int socket(int family) {
    try {
      return (int) SOCKET.invokeExact(state, family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    } catch (Throwable t) {
      throw fault(t);
    }
  }

  int connect(int fd, MemorySegment address) {
    try {
      return (int) CONNECT.invokeExact(state, fd, address, (int) address.byteSize());
    } catch (Throwable t) {
      throw fault(t);
    }
  }

  /** False where the kernel refuses. */
  boolean set(int fd, int level, int name, int value) {
    option[0] = value;
    try {
      return (int) SETSOCKOPT.invokeExact(fd, level, name, optionSegment, Integer.BYTES) == 0;
    } catch (Throwable t) {
      throw fault(t);
    }
  }

  /** The error that waits at a socket; 0 for none. */
  int waitingError(int fd) {
    option[0] = 0;
    return get(fd, SOL_SOCKET, SO_ERROR, optionSegment, Integer.BYTES) < 0 ? 0 : option[0];
  }

  /** The bytes that the kernel wrote; -1 for an error. */
  int get(int fd, int level, int name, MemorySegment value, int length) {
    lengthSegment.set(JAVA_INT, 0, length);
    try {
      return (int) GETSOCKOPT.invokeExact(fd, level, name, value, lengthSegment) == 0
          ? lengthSegment.get(JAVA_INT, 0)
          : -1;
    } catch (Throwable t) {
      throw fault(t);
    }
  }

  static void close(int fd) {
    try {
      int _ = (int) CLOSE.invokeExact(fd);
    } catch (Throwable t) {
      throw fault(t);
    }
  }

  /** The bytes that the kernel took; -1 for an error. */
  long send(int fd, MemorySegment bytes) {
    try {
      return (long)
          SEND.invokeExact(state, fd, bytes, bytes.byteSize(), MSG_DONTWAIT | MSG_NOSIGNAL);
    } catch (Throwable t) {
      throw fault(t);
    }
  }

  /** {@code header} is the address of a {@code struct msghdr}; 0 at the end, -1 for an error. */
  long receive(int fd, long header) {
    try {
      return (long) RECVMSG.invokeExact(state, fd, header, MSG_DONTWAIT);
    } catch (Throwable t) {
      throw fault(t);
    }
  }

  /** The same file under a number from {@code least} on; -1 for an error. May block. */
  static int duplicate(int fd, int least) {
    try {
      return (int) FCNTL.invokeExact(fd, F_DUPFD_CLOEXEC, least);
    } catch (Throwable t) {
      throw fault(t);
    }
  }

  int epoll() {
    try {
      return (int) EPOLL_CREATE1.invokeExact(state, EPOLL_CLOEXEC);
    } catch (Throwable t) {
      throw fault(t);
    }
  }

  static int control(int epoll, int operation, int fd, MemorySegment event) {
    try {
      return (int) EPOLL_CTL.invokeExact(epoll, operation, fd, event);
    } catch (Throwable t) {
      throw fault(t);
    }
  }

  /** How many of a set are ready now. */
  static int ready(int epoll, MemorySegment events, int most) {
    try {
      return (int) EPOLL_WAIT.invokeExact(epoll, events, most, 0);
    } catch (Throwable t) {
      throw fault(t);
    }
  }

  /** Sets the calling thread's nice value, which on Linux each has; false where it may not. */
  static boolean nice(int value) {
    try {
      return (int) SETPRIORITY.invokeExact(PRIO_PROCESS, THIS_THREAD, value) == 0;
    } catch (Throwable t) {
      throw fault(t);
    }
  }

  /** The wall clock in ns since 1970. */
  long wallTime() {
    try {
      int _ = (int) CLOCK_GETTIME.invokeExact(CLOCK_REALTIME, timeSegment);
    } catch (Throwable t) {
      throw fault(t);
    }
    return time[0] * 1_000_000_000L + time[1];
  }

  private static RuntimeException fault(Throwable t) {
    return t instanceof RuntimeException known ? known : new IllegalStateException(t);
  }
}
