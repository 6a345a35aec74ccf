package io.streamgauge.agent.gpu;

import com.sun.jna.Memory;
import io.streamgauge.agent.gpu.nvml.NvmlLibrary;
import io.streamgauge.agent.gpu.nvml.NvmlStatus;
import io.streamgauge.common.gpu.GpuQuantity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A call that writes unsigned numbers of one size, one behind the other. */
final class GpuCall implements GpuSource {
  private final NvmlLibrary library;
  private final String function;
  private final int bytes;
  private final List<GpuQuantity> quantities;
  private final Memory out;
  private final Object[] arguments;

  /**
   * @param bytes of a number: 4 or 8
   * @param before the arguments before the pointer to the numbers
   */
  GpuCall(
      NvmlLibrary library,
      String function,
      int bytes,
      List<GpuQuantity> quantities,
      Object... before) {
    this.library = library;
    this.function = function;
    this.bytes = bytes;
    this.quantities = List.copyOf(quantities);
    this.out = new Memory((long) bytes * quantities.size());
    this.arguments = Arrays.copyOf(before, before.length + 1);
    this.arguments[before.length] = out;
  }

  @Override
  public String name() {
    return quantities.getFirst().label();
  }

  @Override
  public int read(Map<GpuQuantity, Long> values) {
    int status = library.call(function, arguments);
    if (NvmlStatus.ok(status)) {
      for (int i = 0; i < quantities.size(); i++) {
        values.put(quantities.get(i), number((long) bytes * i));
      }
    }
    return status;
  }

  private long number(long offset) {
    return bytes == Long.BYTES ? out.getLong(offset) : Integer.toUnsignedLong(out.getInt(offset));
  }
}
