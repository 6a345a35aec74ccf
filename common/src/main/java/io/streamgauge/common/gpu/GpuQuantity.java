package io.streamgauge.common.gpu;

/**
 * What is sampled of a GPU, as NVML gives it. A quantity that a board does not have is in no sample
 * and is never 0.
 */
public enum GpuQuantity {
  /** Share of time in which any kernel ran: no measure of how much of the GPU was busy. */
  UTIL("util_pct", "utilisation", 1),
  /** Share of time in which its memory was read or written. */
  MEMORY_UTIL("memory_util_pct", "memory utilisation", 1),
  /** Memory in use, in bytes; told in MB of 2^20 bytes. */
  MEMORY("memory_mb", "memory in use", 1.0 / (1 << 20)),
  /** The reading that {@link PowerReading} names, in mW. */
  POWER("power_w", "power", 1e-3),
  /** Averaged over 1 s by the board, where {@link #POWER} is the instant one; in mW. */
  POWER_AVERAGE("power_average_w", "average power", 1e-3),
  TEMPERATURE("temperature_c", "temperature", 1),
  SM_CLOCK("sm_clock_mhz", "SM clock", 1),
  MEMORY_CLOCK("memory_clock_mhz", "memory clock", 1),
  /** Sent by the GPU over PCIe, in KB/s over 20 ms; told in MB/s. */
  PCIE_TX("pcie_tx_mb_s", "PCIe sent", 1e-3),
  /** Received by the GPU over PCIe, in KB/s over 20 ms; told in MB/s. */
  PCIE_RX("pcie_rx_mb_s", "PCIe received", 1e-3),
  /** Energy since the driver was loaded, in mJ. */
  ENERGY("energy_j", "energy counter", 1e-3),
  /** What holds the clocks back, a set of {@link ClockEvent}s. */
  CLOCK_EVENTS("clock_events", "clock events", 1);

  private final String key;
  private final String label;
  private final double scale;

  GpuQuantity(String key, String label, double scale) {
    this.key = key;
    this.label = label;
    this.scale = scale;
  }

  /** Its name in results, which ends in its unit. */
  public String key() {
    return key;
  }

  /** Its name in a sentence. */
  public String label() {
    return label;
  }

  /** A raw value in the unit of its {@link #key}. */
  public double told(double raw) {
    return raw * scale;
  }

  /** A raw value in the unit of its {@link #key}. */
  public double told(long raw) {
    return told((double) raw);
  }
}
