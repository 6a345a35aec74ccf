package io.streamgauge.deploy.cli;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.OptionalInt;

/** How wide the terminal is now; a user may change it at any time, so it is asked anew. */
final class TerminalSize {
  private static final int STDERR = 2;
  private static final int VARIADIC_FROM = 2;
  private static final long COLUMNS_AT = 1;
  private static final long TIOCGWINSZ =
      System.getProperty("os.name").startsWith("Mac") ? 0x40087468L : 0x5413L;

  /** Empty where the system does not tell, or lets nobody ask. */
  @SuppressWarnings("restricted") // which the launcher and the jar allow
  static OptionalInt columns() {
    try (Arena arena = Arena.ofConfined()) {
      Linker linker = Linker.nativeLinker();
      MethodHandle ioctl =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("ioctl"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
              Linker.Option.firstVariadicArg(VARIADIC_FROM));
      MemorySegment size = arena.allocate(JAVA_SHORT, 4);
      int failed = (int) ioctl.invokeExact(STDERR, TIOCGWINSZ, size);
      int columns = Short.toUnsignedInt(size.getAtIndex(JAVA_SHORT, COLUMNS_AT));
      return failed != 0 || columns == 0 ? OptionalInt.empty() : OptionalInt.of(columns);
    } catch (Throwable _) { // a system without it, or a JVM that refuses it
      return OptionalInt.empty();
    }
  }

  private TerminalSize() {}
}
