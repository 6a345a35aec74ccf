package io.streamgauge.controller.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.gpu.PowerReading;
import io.streamgauge.controller.SampleGpu;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.SampleRequest;
import io.streamgauge.controller.gpu.GpuResult;
import io.streamgauge.controller.gpu.GpuSummary;
import io.streamgauge.controller.gpu.GpuTotal;
import io.streamgauge.controller.result.finding.Finding;
import io.streamgauge.controller.result.finding.Finding.Severity;
import io.streamgauge.controller.result.finding.FindingCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class GpuResultTest {
  /** One answer of 10 tokens in and 10 out that takes so many seconds, and GPUs beside it. */
  private static LevelResult level(double seconds, SampleGpu... gpus) {
    SampleLevel level =
        SampleLevel.closed(1, 1)
            .add(SampleRequest.number(0).due(0).times(0, 100, seconds * 1e3).build());
    for (SampleGpu gpu : gpus) {
      level.gpu(gpu.seconds(seconds).evidence());
    }
    return level.result();
  }

  private static List<String> codes(LevelResult level) {
    return level.validity().findings().stream()
        .map(finding -> finding.code().label())
        .filter(code -> code.startsWith("gpu") || code.startsWith("energy"))
        .toList();
  }

  private static Finding finding(LevelResult level, FindingCode code) {
    return level.validity().findings().stream()
        .filter(finding -> finding.code() == code)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSteadyGpuHasItsNumbersAndNothingToFlag() {
    LevelResult level = level(10, SampleGpu.steady(0));
    GpuResult gpu = level.gpu().getFirst();
    long tokens = level.metrics().outputTokens();

    assertThat(codes(level)).isEmpty();
    assertThat(gpu.of(GpuQuantity.UTIL)).map(GpuSummary::mean).contains(87.0);
    assertThat(gpu.of(GpuQuantity.MEMORY)).map(GpuSummary::max).contains(18_432.0);
    assertThat(gpu.of(GpuQuantity.POWER)).map(GpuSummary::mean).contains(300.0);
    assertThat(gpu.of(GpuQuantity.TEMPERATURE).orElseThrow().mean()).isCloseTo(65, within(0.1));
    assertThat(gpu.powerReading()).isEqualTo(PowerReading.INSTANT);
    assertThat(gpu.coverage().share()).isEqualTo(1);
    assertThat(gpu.energy().energyJ().orElseThrow()).isCloseTo(3_000, within(0.1));
    assertThat(gpu.energy().energyStepJ().orElseThrow()).isCloseTo(30, within(0.1));
    assertThat(gpu.energy().meanPowerW().orElseThrow()).isCloseTo(300, within(0.1));
    assertThat(gpu.energy().energyPerOutputTokenJ().orElseThrow())
        .isCloseTo(3_000.0 / tokens, within(0.1));
    assertThat(gpu.energy().energyAgreementPct().orElseThrow()).isCloseTo(0, within(0.1));
    assertThat(level.gpuTotal().flatMap(GpuTotal::aboveIdleJ).orElseThrow())
        .isCloseTo(3_000 - 400, within(0.1));
  }

  @Test
  void theTokensOfTheWindowShareTheEnergyInBothWays() {
    LevelResult level = level(10, SampleGpu.steady(0));
    GpuResult gpu = level.gpu().getFirst();
    double ratio = level.metrics().totalTps() / level.metrics().outputTps();

    assertThat(
            gpu.energy().energyPerOutputTokenJ().orElseThrow()
                / gpu.energy().energyPerTotalTokenJ().orElseThrow())
        .isCloseTo(ratio, within(0.01));
    assertThat(ratio).isGreaterThan(1);
  }

  @Test
  void theTotalIsThatOfAllGpusOrNone() {
    LevelResult both = level(10, SampleGpu.steady(0), SampleGpu.steady(1));
    LevelResult one =
        level(10, SampleGpu.steady(0), SampleGpu.steady(1).without(GpuQuantity.ENERGY));

    assertThat(both.gpuTotal().orElseThrow().energy().energyJ().orElseThrow())
        .isCloseTo(6_000, within(0.1));
    assertThat(one.gpuTotal().orElseThrow().energy().energyJ()).isEmpty();
    assertThat(one.gpuTotal().orElseThrow().energy().energyMissing())
        .contains("GPU 1: no energy counter is read");
    assertThat(one.gpu().getFirst().energy().energyJ()).isPresent();
  }

  @Test
  void aLostGpuVoidsItsEnergyAndTheTotal() {
    LevelResult level = level(10, SampleGpu.steady(0), SampleGpu.steady(1).lost(3));

    assertThat(codes(level)).contains("gpu_lost", "gpu_coverage");
    assertThat(level.gpu().get(1).lostAtS()).contains(3.0);
    assertThat(level.gpu().get(1).energy().energyJ()).isEmpty();
    assertThat(level.gpu().get(1).energy().integratedEnergyJ()).isEmpty();
    assertThat(level.gpuTotal().orElseThrow().energy().energyJ()).isEmpty();
    assertThat(level.gpu().get(1).of(GpuQuantity.POWER)).isPresent();
  }

  @Test
  void aShortWindowIsRefusedOnceForTheLevel() {
    LevelResult level = level(1.9, SampleGpu.steady(0), SampleGpu.steady(1));

    assertThat(codes(level)).containsExactly("energy_window_short");
    assertThat(level.gpu())
        .allSatisfy(gpu -> assertThat(gpu.energy().energyJ()).isEmpty())
        .allSatisfy(gpu -> assertThat(gpu.of(GpuQuantity.POWER)).isPresent());
  }

  @Test
  void aCounterThatBeginsAnewIsAFinding() {
    LevelResult level =
        level(10, SampleGpu.steady(0).course(GpuQuantity.ENERGY, t -> 3e5 * (t < 5 ? t + 9 : t)));

    assertThat(codes(level)).containsExactly("energy_counter_reset");
    assertThat(level.gpu().getFirst().energy().energyMissing())
        .contains("its energy counter began anew");
  }

  @Test
  void powerThatDisagreesWithTheCounterIsAFindingFromFivePercentOn() {
    assertThat(codes(level(10, counting(1.04)))).isEmpty();
    LevelResult level = level(10, counting(1.2));
    assertThat(codes(level)).containsExactly("energy_disagree");
    assertThat(level.gpu().getFirst().energy().energyAgreementPct().orElseThrow())
        .isCloseTo(-16.67, within(0.1));
  }

  private static SampleGpu counting(double factor) {
    return SampleGpu.steady(0).course(GpuQuantity.ENERGY, t -> 5e9 + 300_000 * factor * t);
  }

  @Test
  void throttlingIsAFindingWithWhatAndHowLongButIdlingIsNone() {
    LevelResult capped =
        level(10, SampleGpu.steady(0).course(GpuQuantity.CLOCK_EVENTS, t -> t < 5 ? 1 : 4));
    LevelResult hot = level(10, SampleGpu.steady(0).course(GpuQuantity.CLOCK_EVENTS, _ -> 0x40));
    LevelResult idle = level(10, SampleGpu.steady(0).course(GpuQuantity.CLOCK_EVENTS, _ -> 1));

    assertThat(codes(idle)).isEmpty();
    assertThat(finding(capped, FindingCode.GPU_THROTTLED).severity()).isEqualTo(Severity.INFO);
    assertThat(finding(capped, FindingCode.GPU_THROTTLED).message())
        .contains("sw_power_cap (5", "SM clock 2520 to 2520 MHz");
    assertThat(finding(hot, FindingCode.GPU_THROTTLED).severity()).isEqualTo(Severity.WARNING);
  }

  @Test
  void missingSamplesAreAFinding() {
    assertThat(codes(level(10, SampleGpu.steady(0).gap(4, 4.8)))).isEmpty();
    assertThat(codes(level(10, SampleGpu.steady(0).gap(4, 6)))).containsExactly("gpu_coverage");
  }

  @Test
  void othersOnTheGpuAreAFindingButTheTargetAloneIsNone() {
    assertThat(codes(level(10, SampleGpu.steady(0).process(1, 7, 100).process(2, 7, 200))))
        .isEmpty();
    assertThat(codes(level(10, SampleGpu.steady(0).process(1, 7, 100).process(2, 8, 200))))
        .containsExactly("gpu_shared");
    assertThat(codes(level(10, SampleGpu.steady(0).thereBefore(7).process(1, 7, 100))))
        .containsExactly("gpu_shared");
    assertThat(codes(level(10, SampleGpu.steady(0).mig()))).containsExactly("gpu_shared");
  }

  @Test
  void aGpuWithoutAKernelIsAFinding() {
    assertThat(codes(level(10, SampleGpu.steady(0).course(GpuQuantity.UTIL, _ -> 0))))
        .containsExactly("gpu_unused");
  }

  @Test
  void thatTheTargetIsThereIsAssumedAloud() {
    assertThat(codes(level(10, SampleGpu.steady(0).assumed()))).containsExactly("gpu_host_assumed");
  }

  @Test
  void withoutAGpuThereIsNothing() {
    LevelResult level = level(10);

    assertThat(level.gpu()).isEmpty();
    assertThat(level.gpuTotal()).isEmpty();
    assertThat(codes(level)).isEmpty();
  }
}
