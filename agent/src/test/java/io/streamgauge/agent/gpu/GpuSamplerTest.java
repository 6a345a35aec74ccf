package io.streamgauge.agent.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.gpu.nvml.Nvml;
import io.streamgauge.agent.gpu.nvml.NvmlLoader;
import io.streamgauge.common.gpu.GpuLoss;
import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.gpu.GpuReadings;
import io.streamgauge.common.gpu.GpuSample;
import io.streamgauge.common.gpu.GpuTenants;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GpuSamplerTest {
  private static final Duration INTERVAL = Duration.ofMillis(20);

  @TempDir private Path directory;
  private final GpuBuffer buffer = new GpuBuffer(10_000);
  private final List<GpuSample> samples = new ArrayList<>();
  private final List<GpuTenants> tenants = new ArrayList<>();
  private final List<GpuLoss> losses = new ArrayList<>();

  /** Takes out what comes until it is enough. */
  private void sampleUntil(Path library, Predicate<GpuSamplerTest> enough)
      throws InterruptedException {
    try (Nvml nvml = NvmlLoader.open(NvmlStandIn.settings(library));
        GpuSampler _ = new GpuSampler(nvml.gpus(), INTERVAL, buffer)) {
      while (!enough.test(this)) {
        Thread.sleep(1);
        GpuReadings readings = buffer.drain(Integer.MAX_VALUE);
        samples.addAll(readings.samples());
        tenants.addAll(readings.tenants());
        losses.addAll(readings.losses());
      }
    }
  }

  private List<GpuSample> of(int gpu) {
    return samples.stream().filter(sample -> sample.gpu() == gpu).toList();
  }

  @Test
  void samplesKeepToTheScheduleAndNeverCatchUp() throws InterruptedException {
    sampleUntil(NvmlStandIn.build(directory), test -> test.of(0).size() >= 50);

    List<GpuSample> first = of(0);
    long span = first.getLast().at() - first.getFirst().at();
    assertThat(span)
        .as("none comes before its time, the first one perhaps late")
        .isGreaterThan((first.size() - 2) * INTERVAL.toNanos());
    assertThat(first).extracting(GpuSample::at).isSorted();
    assertThat(of(1).size()).isBetween(first.size() - 1, first.size());
  }

  @Test
  void whatIsSlowToReadIsInASampleNowAndThenAndHoldsNoneUp() throws InterruptedException {
    sampleUntil(
        NvmlStandIn.build(directory, "process 0 4000001 512"),
        test ->
            test.tenants.size() >= 4
                && test.of(0).stream()
                        .filter(sample -> sample.values().containsKey(GpuQuantity.PCIE_TX))
                        .count()
                    >= 2);

    assertThat(of(0))
        .allSatisfy(sample -> assertThat(sample.values()).containsKey(GpuQuantity.UTIL));
    assertThat(of(0).stream().filter(s -> !s.values().containsKey(GpuQuantity.PCIE_TX)))
        .as("samples between two slow reads")
        .isNotEmpty();
    assertThat(tenants.stream().filter(seen -> seen.gpu() == 0))
        .allSatisfy(
            seen ->
                assertThat(seen.processes())
                    .singleElement()
                    .satisfies(process -> assertThat(process.pid()).isEqualTo(4_000_001)));
  }

  @Test
  void aGpuThatFallsAwayIsToldOnceAndTheOtherGoesOn() throws InterruptedException {
    sampleUntil(
        NvmlStandIn.build(directory, "lost 1 0.6"),
        test ->
            !test.losses.isEmpty()
                && test.of(0).stream()
                    .anyMatch(sample -> sample.at() > test.losses.getFirst().at() + 200_000_000L));

    assertThat(losses)
        .singleElement()
        .satisfies(
            loss -> {
              assertThat(loss.gpu()).isEqualTo(1);
              assertThat(loss.reason()).isEqualTo("GPU 1: the GPU has fallen off the bus");
            });
    assertThat(of(1))
        .isNotEmpty()
        .allSatisfy(sample -> assertThat(sample.at()).isLessThan(losses.getFirst().at()));
  }

  @Test
  void aBufferThatNobodyDrainsKeepsTheYoungestAndCountsTheRest() {
    GpuBuffer small = new GpuBuffer(3);
    for (int i = 0; i < 5; i++) {
      small.add(new GpuSample(0, i, Map.of()));
    }

    GpuReadings first = small.drain(2);
    assertThat(first.samples()).extracting(GpuSample::at).containsExactly(2L, 3L);
    assertThat(first.dropped()).isEqualTo(2);
    assertThat(small.drain(2).samples()).extracting(GpuSample::at).containsExactly(4L);
    assertThat(small.drain(2).empty()).isTrue();
  }
}
