package io.streamgauge.agent.gpu;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.streamgauge.agent.gpu.nvml.NvmlLibrary;
import io.streamgauge.agent.gpu.nvml.NvmlStatus;
import io.streamgauge.common.gpu.GpuProcess;
import io.streamgauge.common.gpu.GpuQuantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who computes on a GPU. An entry is {@code pid, memory} (16 bytes) and, from version 2 of the call
 * on, the MIG instances (24 bytes).
 */
public final class GpuProcesses {
  private static final String OWN = "nvmlDeviceGetComputeRunningProcesses";
  private static final String OF_MPS = "nvmlDeviceGetMPSComputeRunningProcesses";
  private static final int OLD_SIZE = 16;
  private static final int SIZE = 24;
  private static final int MEMORY = 8;
  private static final int FIRST_ROOM = 32;
  private static final int MOST_TRIES = 4;

  /** {@code NVML_VALUE_NOT_AVAILABLE}. */
  private static final long NOT_AVAILABLE = -1;

  private final NvmlLibrary library;
  private final Pointer device;
  private final String function;
  private final int size;
  private final Memory count = new Memory(Integer.BYTES);
  private Memory entries;

  private GpuProcesses(NvmlLibrary library, Pointer device, String name) {
    this.library = library;
    this.device = device;
    this.function =
        Stream.of(name + "_v3", name + "_v2").filter(library::has).findFirst().orElse(name);
    this.size = function.equals(name) ? OLD_SIZE : SIZE;
    this.entries = new Memory((long) FIRST_ROOM * size);
  }

  /** Those with a context of their own on the GPU. */
  public static GpuProcesses own(NvmlLibrary library, Pointer device) {
    return new GpuProcesses(library, device, OWN);
  }

  /** Those that share a context through NVIDIA's multi-process service. */
  public static GpuProcesses ofMps(NvmlLibrary library, Pointer device) {
    return new GpuProcesses(library, device, OF_MPS);
  }

  /** Asks the driver, with more room where there are more than was thought. */
  public int status() {
    int status = 0;
    for (int n = 0; n < MOST_TRIES; n++) {
      count.setInt(0, Math.toIntExact(entries.size() / size));
      status = library.call(function, device, count, entries);
      if (!NvmlStatus.INSUFFICIENT_SIZE.is(status)) {
        return status;
      }
      entries = new Memory(2L * Math.max(FIRST_ROOM, count.getInt(0)) * size);
    }
    return status;
  }

  /** What the driver answered last. */
  public List<GpuProcess> list() {
    List<GpuProcess> all = new ArrayList<>();
    for (int i = 0; i < count.getInt(0); i++) {
      long entry = (long) i * size;
      long pid = Integer.toUnsignedLong(entries.getInt(entry));
      long memory = entries.getLong(entry + MEMORY);
      all.add(
          new GpuProcess(
              pid,
              name(pid),
              memory == NOT_AVAILABLE
                  ? Optional.empty()
                  : Optional.of(Math.round(GpuQuantity.MEMORY.told(memory)))));
    }
    return all;
  }

  /** Its command's name; empty where this process may not see it, as across containers. */
  private static String name(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
    } catch (IOException _) {
      return "";
    }
  }
}
