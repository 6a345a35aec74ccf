package io.streamgauge.agent.gpu;

import com.sun.jna.Pointer;
import io.streamgauge.agent.gpu.nvml.NvmlLibrary;
import io.streamgauge.common.gpu.GpuQuantity;
import java.util.ArrayList;
import java.util.List;

/** The calls by which a GPU is read, all but those for its power. */
public final class GpuSources {
  private static final int TEMPERATURE_GPU = 0;
  private static final int CLOCK_SM = 1;
  private static final int CLOCK_MEMORY = 2;
  private static final int PCIE_TX_BYTES = 0;
  private static final int PCIE_RX_BYTES = 1;

  /**
   * The energy counter comes first: it is the one whose moment counts. Lists can be added to.
   *
   * @see GpuPower
   */
  public static List<GpuSource> quick(NvmlLibrary library, Pointer gpu) {
    String clocks = "nvmlDeviceGetClockInfo";
    return new ArrayList<>(
        List.of(
            wide(library, gpu, "nvmlDeviceGetTotalEnergyConsumption", GpuQuantity.ENERGY),
            new GpuCall(
                library,
                "nvmlDeviceGetUtilizationRates",
                Integer.BYTES,
                List.of(GpuQuantity.UTIL, GpuQuantity.MEMORY_UTIL),
                gpu),
            new GpuMemory(library, gpu),
            ofKind(
                library, gpu, "nvmlDeviceGetTemperature", TEMPERATURE_GPU, GpuQuantity.TEMPERATURE),
            ofKind(library, gpu, clocks, CLOCK_SM, GpuQuantity.SM_CLOCK),
            ofKind(library, gpu, clocks, CLOCK_MEMORY, GpuQuantity.MEMORY_CLOCK),
            wide(library, gpu, clockEvents(library), GpuQuantity.CLOCK_EVENTS)));
  }

  public static List<GpuSource> slow(NvmlLibrary library, Pointer gpu) {
    String traffic = "nvmlDeviceGetPcieThroughput";
    return List.of(
        ofKind(library, gpu, traffic, PCIE_TX_BYTES, GpuQuantity.PCIE_TX),
        ofKind(library, gpu, traffic, PCIE_RX_BYTES, GpuQuantity.PCIE_RX));
  }

  private static String clockEvents(NvmlLibrary library) {
    String newest = "nvmlDeviceGetCurrentClocksEventReasons";
    return library.has(newest) ? newest : "nvmlDeviceGetCurrentClocksThrottleReasons";
  }

  /** {@code f(device, kind, unsigned int *)}. */
  private static GpuSource ofKind(
      NvmlLibrary library, Pointer gpu, String function, int kind, GpuQuantity quantity) {
    return new GpuCall(library, function, Integer.BYTES, List.of(quantity), gpu, kind);
  }

  /** {@code f(device, unsigned long long *)}. */
  private static GpuSource wide(
      NvmlLibrary library, Pointer gpu, String function, GpuQuantity quantity) {
    return new GpuCall(library, function, Long.BYTES, List.of(quantity), gpu);
  }

  private GpuSources() {}
}
