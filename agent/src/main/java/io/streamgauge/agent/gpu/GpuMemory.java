package io.streamgauge.agent.gpu;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.streamgauge.agent.gpu.nvml.NvmlLibrary;
import io.streamgauge.agent.gpu.nvml.NvmlStatus;
import io.streamgauge.common.gpu.GpuQuantity;
import java.util.Map;
import java.util.Optional;

/**
 * Memory in use: by version 2 of the call ({@code version, total, reserved, free, used}), where
 * what the driver keeps for itself is not counted, else by version 1 ({@code total, free, used}),
 * where it is.
 */
public final class GpuMemory implements GpuSource {
  private static final int V2_SIZE = 40;
  private static final int V2_VERSION = V2_SIZE | 2 << 24;
  private static final int V2_TOTAL = 8;
  private static final int V2_USED = 32;
  private static final int V1_TOTAL = 0;
  private static final int V1_USED = 16;

  private final NvmlLibrary library;
  private final Memory out = new Memory(V2_SIZE);
  private final Object[] arguments;
  private final boolean second;

  GpuMemory(NvmlLibrary library, Pointer device) {
    this.library = library;
    this.arguments = new Object[] {device, out};
    this.second = NvmlStatus.ok(ask2());
  }

  private int ask2() {
    out.setInt(0, V2_VERSION);
    return library.call("nvmlDeviceGetMemoryInfo_v2", arguments);
  }

  private int ask() {
    return second ? ask2() : library.call("nvmlDeviceGetMemoryInfo", arguments);
  }

  /** In MB of 2^20 bytes. */
  public static Optional<Long> totalMb(NvmlLibrary library, Pointer device) {
    GpuMemory memory = new GpuMemory(library, device);
    return NvmlStatus.ok(memory.ask())
        ? Optional.of(
            Math.round(
                GpuQuantity.MEMORY.told(memory.out.getLong(memory.second ? V2_TOTAL : V1_TOTAL))))
        : Optional.empty();
  }

  @Override
  public String name() {
    return GpuQuantity.MEMORY.label();
  }

  @Override
  public int read(Map<GpuQuantity, Long> values) {
    int status = ask();
    if (NvmlStatus.ok(status)) {
      values.put(GpuQuantity.MEMORY, out.getLong(second ? V2_USED : V1_USED));
    }
    return status;
  }
}
