package io.streamgauge.agent.gpu;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.streamgauge.agent.gpu.nvml.NvmlLibrary;
import io.streamgauge.agent.gpu.nvml.NvmlStatus;
import io.streamgauge.common.gpu.GpuQuantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
  public static List<GpuSource> quick(NvmlLibrary library, Pointer device) {
    return new ArrayList<>(
        List.of(
            new Long64(library, device, "nvmlDeviceGetTotalEnergyConsumption", GpuQuantity.ENERGY),
            new Utilisation(library, device),
            new GpuMemory(library, device),
            new UInt(
                library,
                device,
                "nvmlDeviceGetTemperature",
                TEMPERATURE_GPU,
                GpuQuantity.TEMPERATURE),
            new UInt(library, device, "nvmlDeviceGetClockInfo", CLOCK_SM, GpuQuantity.SM_CLOCK),
            new UInt(
                library, device, "nvmlDeviceGetClockInfo", CLOCK_MEMORY, GpuQuantity.MEMORY_CLOCK),
            new Long64(library, device, clockEvents(library), GpuQuantity.CLOCK_EVENTS)));
  }

  public static List<GpuSource> slow(NvmlLibrary library, Pointer device) {
    return List.of(
        new UInt(
            library, device, "nvmlDeviceGetPcieThroughput", PCIE_TX_BYTES, GpuQuantity.PCIE_TX),
        new UInt(
            library, device, "nvmlDeviceGetPcieThroughput", PCIE_RX_BYTES, GpuQuantity.PCIE_RX));
  }

  private static String clockEvents(NvmlLibrary library) {
    String newest = "nvmlDeviceGetCurrentClocksEventReasons";
    return library.has(newest) ? newest : "nvmlDeviceGetCurrentClocksThrottleReasons";
  }

  /** {@code f(device, kind, unsigned int *)}. */
  private static final class UInt implements GpuSource {
    private final NvmlLibrary library;
    private final String function;
    private final GpuQuantity quantity;
    private final Memory out = new Memory(Integer.BYTES);
    private final Object[] arguments;

    UInt(NvmlLibrary library, Pointer device, String function, int kind, GpuQuantity quantity) {
      this.library = library;
      this.function = function;
      this.quantity = quantity;
      this.arguments = new Object[] {device, kind, out};
    }

    @Override
    public String name() {
      return quantity.label();
    }

    @Override
    public int read(Map<GpuQuantity, Long> values) {
      int status = library.call(function, arguments);
      if (NvmlStatus.ok(status)) {
        values.put(quantity, Integer.toUnsignedLong(out.getInt(0)));
      }
      return status;
    }
  }

  /** {@code f(device, unsigned long long *)}. */
  private static final class Long64 implements GpuSource {
    private final NvmlLibrary library;
    private final String function;
    private final GpuQuantity quantity;
    private final Memory out = new Memory(Long.BYTES);
    private final Object[] arguments;

    Long64(NvmlLibrary library, Pointer device, String function, GpuQuantity quantity) {
      this.library = library;
      this.function = function;
      this.quantity = quantity;
      this.arguments = new Object[] {device, out};
    }

    @Override
    public String name() {
      return quantity.label();
    }

    @Override
    public int read(Map<GpuQuantity, Long> values) {
      int status = library.call(function, arguments);
      if (NvmlStatus.ok(status)) {
        values.put(quantity, out.getLong(0));
      }
      return status;
    }
  }

  /** {@code nvmlUtilization_t}: two unsigned ints, GPU and memory, in %. */
  private static final class Utilisation implements GpuSource {
    private final NvmlLibrary library;
    private final Memory out = new Memory(2 * Integer.BYTES);
    private final Object[] arguments;

    Utilisation(NvmlLibrary library, Pointer device) {
      this.library = library;
      this.arguments = new Object[] {device, out};
    }

    @Override
    public String name() {
      return GpuQuantity.UTIL.label();
    }

    @Override
    public int read(Map<GpuQuantity, Long> values) {
      int status = library.call("nvmlDeviceGetUtilizationRates", arguments);
      if (NvmlStatus.ok(status)) {
        values.put(GpuQuantity.UTIL, Integer.toUnsignedLong(out.getInt(0)));
        values.put(GpuQuantity.MEMORY_UTIL, Integer.toUnsignedLong(out.getInt(Integer.BYTES)));
      }
      return status;
    }
  }

  private GpuSources() {}
}
