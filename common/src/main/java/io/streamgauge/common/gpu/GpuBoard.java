package io.streamgauge.common.gpu;

import java.util.List;
import java.util.Optional;

/**
 * What stays the same of a GPU while it is sampled.
 *
 * @param power which reading {@link GpuQuantity#POWER} is
 * @param powerLimitW the limit that the driver holds it to, where it tells
 * @param mig whether it is split into instances (MIG); empty where it cannot be
 * @param unavailable what the board does not tell, by name, with the reason
 */
public record GpuBoard(
    GpuInfo gpu,
    PowerReading power,
    Optional<Double> powerLimitW,
    Optional<Boolean> mig,
    List<String> unavailable) {
  public GpuBoard {
    unavailable = List.copyOf(unavailable);
  }
}
