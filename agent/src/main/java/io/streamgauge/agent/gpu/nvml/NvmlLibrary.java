package io.streamgauge.agent.gpu.nvml;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The loaded library. Each function is looked up by itself, so that an older library without one
 * lacks only that.
 */
public final class NvmlLibrary {
  private static final int TEXT = 96;

  private final NativeLibrary library;
  private final Map<String, Optional<Function>> functions = new ConcurrentHashMap<>();

  /**
   * @param name a path, or a name for the system's loader
   * @throws UnsatisfiedLinkError when it cannot be loaded
   */
  NvmlLibrary(String name) {
    this.library = NativeLibrary.getInstance(name);
  }

  public boolean has(String function) {
    return function(function).isPresent();
  }

  /** Calls a function and returns its status; one that is missing says so in the same way. */
  public int call(String function, Object... arguments) {
    Optional<Function> found = function(function);
    return found.isPresent()
        ? found.get().invokeInt(arguments)
        : NvmlStatus.FUNCTION_NOT_FOUND.code();
  }

  /** The text that a function writes, or its status. */
  Text text(String function, Object... before) {
    try (Memory buffer = new Memory(TEXT)) {
      buffer.clear();
      Object[] arguments = new Object[before.length + 2];
      System.arraycopy(before, 0, arguments, 0, before.length);
      arguments[before.length] = buffer;
      arguments[before.length + 1] = TEXT;
      int status = call(function, arguments);
      return new Text(
          status, NvmlStatus.ok(status) ? buffer.getString(0, StandardCharsets.UTF_8.name()) : "");
    }
  }

  /** The number that a function writes, or its status. */
  Number32 number(String function, Object... before) {
    try (Memory buffer = new Memory(Integer.BYTES)) {
      buffer.clear();
      Object[] arguments = new Object[before.length + 1];
      System.arraycopy(before, 0, arguments, 0, before.length);
      arguments[before.length] = buffer;
      int status = call(function, arguments);
      return new Number32(status, Integer.toUnsignedLong(buffer.getInt(0)));
    }
  }

  /** The handle that a function writes, or its status. */
  Handle handle(String function, int index) {
    try (Memory buffer = new Memory(Long.BYTES)) {
      buffer.clear();
      int status = call(function, index, buffer);
      return new Handle(status, buffer.getPointer(0));
    }
  }

  private Optional<Function> function(String name) {
    return functions.computeIfAbsent(name, this::find);
  }

  private Optional<Function> find(String name) {
    try {
      return Optional.of(library.getFunction(name));
    } catch (UnsatisfiedLinkError _) {
      return Optional.empty();
    }
  }

  /** A status and, where it is success, a text. */
  record Text(int status, String text) {}

  /** A status and, where it is success, a number. */
  record Number32(int status, long value) {}

  /** A status and, where it is success, a handle. */
  record Handle(int status, Pointer pointer) {}
}
