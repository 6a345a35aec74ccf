package io.streamgauge.agent.gpu;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.streamgauge.agent.gpu.nvml.NvmlLibrary;
import io.streamgauge.agent.gpu.nvml.NvmlStatus;
import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.gpu.PowerReading;
import java.util.Map;

/**
 * Power: the instant and the average one by field where the board has them, else whatever {@code
 * nvmlDeviceGetPowerUsage} means on it. A field value is 40 bytes: id, scope, time stamp, latency,
 * type, status, value.
 */
public final class GpuPower implements GpuSource {
  private static final int FIELD_AVERAGE = 185;
  private static final int FIELD_INSTANT = 186;
  private static final int FIELD_SIZE = 40;
  private static final int TYPE = 24;
  private static final int STATUS = 28;
  private static final int VALUE = 32;

  private final NvmlLibrary library;
  private final Memory fields = new Memory(2 * FIELD_SIZE);
  private final Memory usage = new Memory(Integer.BYTES);
  private final Object[] fieldArguments;
  private final Object[] usageArguments;
  private final boolean instant;
  private final boolean average;
  private final int refusal;

  private GpuPower(NvmlLibrary library, Pointer device) {
    this.library = library;
    this.fieldArguments = new Object[] {device, 2, fields};
    this.usageArguments = new Object[] {device, usage};
    int asked = askFields();
    this.instant = NvmlStatus.ok(asked) && NvmlStatus.ok(fields.getInt(STATUS));
    this.average = NvmlStatus.ok(asked) && NvmlStatus.ok(fields.getInt(FIELD_SIZE + STATUS));
    this.refusal = library.call("nvmlDeviceGetPowerUsage", usageArguments);
  }

  public static GpuPower open(NvmlLibrary library, Pointer device) {
    return new GpuPower(library, device);
  }

  private int askFields() {
    fields.clear();
    fields.setInt(0, FIELD_INSTANT);
    fields.setInt(FIELD_SIZE, FIELD_AVERAGE);
    return library.call("nvmlDeviceGetFieldValues", fieldArguments);
  }

  /** What {@link GpuQuantity#POWER} is of this board. */
  public PowerReading reading() {
    if (instant) {
      return PowerReading.INSTANT;
    }
    return average
        ? PowerReading.AVERAGE
        : NvmlStatus.ok(refusal) ? PowerReading.USAGE : PowerReading.NONE;
  }

  /** Why the board tells no power at all. */
  public int refusal() {
    return refusal;
  }

  @Override
  public String name() {
    return GpuQuantity.POWER.label();
  }

  @Override
  public int read(Map<GpuQuantity, Long> values) {
    if (!instant && !average) {
      int status = library.call("nvmlDeviceGetPowerUsage", usageArguments);
      if (NvmlStatus.ok(status)) {
        values.put(GpuQuantity.POWER, Integer.toUnsignedLong(usage.getInt(0)));
      }
      return status;
    }
    int status = askFields();
    if (NvmlStatus.ok(status) && instant) {
      take(0, GpuQuantity.POWER, values);
    }
    if (NvmlStatus.ok(status) && average) {
      take(FIELD_SIZE, instant ? GpuQuantity.POWER_AVERAGE : GpuQuantity.POWER, values);
    }
    return status;
  }

  private void take(int field, GpuQuantity quantity, Map<GpuQuantity, Long> values) {
    if (NvmlStatus.ok(fields.getInt(field + STATUS))) {
      values.put(quantity, value(field));
    }
  }

  /** By {@code nvmlValueType_t}, which is not the same under all drivers. */
  private long value(int field) {
    return switch (fields.getInt(field + TYPE)) {
      case 0 -> Math.round(fields.getDouble(field + VALUE));
      case 1 -> Integer.toUnsignedLong(fields.getInt(field + VALUE));
      case 5 -> fields.getInt(field + VALUE);
      case 6 -> Short.toUnsignedLong(fields.getShort(field + VALUE));
      default -> fields.getLong(field + VALUE);
    };
  }
}
