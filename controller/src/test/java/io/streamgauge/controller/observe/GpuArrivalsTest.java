package io.streamgauge.controller.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.clock.ClockReading;
import io.streamgauge.common.gpu.GpuLoss;
import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.gpu.GpuReadings;
import io.streamgauge.common.gpu.GpuSample;
import io.streamgauge.common.message.AgentEvent.GpuBatch;
import io.streamgauge.common.message.RunEvent.Board;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GpuArrivalsTest {
  private final GpuArrivals arrivals = new GpuArrivals();

  private void take(long number, List<GpuSample> samples, List<GpuLoss> losses) {
    arrivals.take(
        new GpuBatch(
            "run",
            "a1",
            number,
            Instant.EPOCH,
            ClockReading.SAME,
            new GpuReadings(samples, List.of(), losses, 0)));
  }

  private static GpuSample power(int gpu, long milliwatts) {
    return new GpuSample(gpu, 1, Map.of(GpuQuantity.POWER, milliwatts, GpuQuantity.ENERGY, 1L));
  }

  @Test
  void temperaturesAreThoseOfTheAgentsAskedForAndOfNoBoardThatIsLost() {
    GpuSample warm = new GpuSample(0, 1, Map.of(GpuQuantity.TEMPERATURE, 61L));
    take(0, List.of(warm, power(1, 1_000)), List.of());

    assertThat(arrivals.temperatures(Set.of("a1"))).isEqualTo(Map.of("GPU 0 of a1", 61.0));
    assertThat(arrivals.temperatures(Set.of("a2"))).isEmpty();

    take(1, List.of(), List.of(new GpuLoss(0, 2, "fell off the bus")));
    assertThat(arrivals.temperatures(Set.of("a1"))).isEmpty();
  }

  @Test
  void theLatestSampleOfEachBoardIsToldInTheUnitsOfResultsUntilItIsLost() {
    take(0, List.of(power(0, 300_000), power(1, 1_000), power(0, 312_500)), List.of());
    assertThat(arrivals.boards())
        .containsExactly(
            new Board("a1", 0, Map.of("power_w", 312.5)),
            new Board("a1", 1, Map.of("power_w", 1.0)));

    take(0, List.of(power(0, 1)), List.of());
    assertThat(arrivals.boards().getFirst().values()).as("a batch twice").containsValue(312.5);

    take(1, List.of(), List.of(new GpuLoss(0, 2, "fell off the bus")));
    assertThat(arrivals.boards()).extracting(Board::gpu).containsExactly(1);
  }
}
