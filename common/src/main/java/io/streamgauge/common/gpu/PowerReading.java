package io.streamgauge.common.gpu;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which of NVML's power readings was taken; they differ by a second of smoothing. */
public enum PowerReading {
  /** {@code NVML_FI_DEV_POWER_INSTANT}. */
  INSTANT,
  /** {@code NVML_FI_DEV_POWER_AVERAGE}: over 1 s. */
  AVERAGE,
  /**
   * {@code nvmlDeviceGetPowerUsage}: averaged over 1 s on Ampere (except GA100) and newer boards,
   * instant on older ones.
   */
  USAGE,
  /** The board tells none. */
  NONE;

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
