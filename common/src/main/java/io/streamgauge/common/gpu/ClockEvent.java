package io.streamgauge.common.gpu;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Why a GPU's clocks are not at their highest: NVML's clocks event (throttle) reasons. */
public enum ClockEvent {
  GPU_IDLE(0x1, false),
  APPLICATIONS_CLOCKS_SETTING(0x2, false),
  SW_POWER_CAP(0x4, false),
  HW_SLOWDOWN(0x8, true),
  SYNC_BOOST(0x10, false),
  SW_THERMAL_SLOWDOWN(0x20, true),
  HW_THERMAL_SLOWDOWN(0x40, true),
  HW_POWER_BRAKE_SLOWDOWN(0x80, true),
  DISPLAY_CLOCK_SETTING(0x100, false);

  private final long bit;
  private final boolean fault;

  ClockEvent(long bit, boolean fault) {
    this.bit = bit;
    this.fault = fault;
  }

  /** The events in NVML's bit mask; bits of newer drivers that are not known here are left out. */
  public static Set<ClockEvent> of(long mask) {
    EnumSet<ClockEvent> events = EnumSet.noneOf(ClockEvent.class);
    for (ClockEvent event : values()) {
      if (event.isIn(mask)) {
        events.add(event);
      }
    }
    return events;
  }

  public boolean isIn(long mask) {
    return (mask & bit) != 0;
  }

  /** Whether the board was too hot or short of power, rather than set to what it did. */
  public boolean fault() {
    return fault;
  }

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
