package io.streamgauge.controller.engine;

import static io.streamgauge.common.engine.EngineQuantity.ITL_COUNT;
import static io.streamgauge.common.engine.EngineQuantity.ITL_SUM;
import static io.streamgauge.common.engine.EngineQuantity.PREFIX_CACHE_HITS;
import static io.streamgauge.common.engine.EngineQuantity.PREFIX_CACHE_QUERIES;
import static io.streamgauge.common.engine.EngineQuantity.RUNNING;
import static io.streamgauge.common.engine.EngineQuantity.TTFT_COUNT;
import static io.streamgauge.common.engine.EngineQuantity.TTFT_SUM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamgauge.common.engine.EngineQuantity;
import io.streamgauge.common.engine.EngineReading;
import io.streamgauge.common.engine.EngineSample;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.Window;
import io.streamgauge.controller.engine.EngineMean.ClientMean;
import io.streamgauge.controller.engine.EngineReport.Gauge;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EngineReportTest {
  private static final ClientMean NOTHING = new ClientMean(0, null);
  private static final Window WINDOW = new Window(0, 3_000_000_000L);

  private static Optional<EngineReading> reading(Map<EngineQuantity, Double> values) {
    return Optional.of(
        new EngineReading(
            Optional.of(new EngineSample(0, values)), Optional.empty(), Optional.empty()));
  }

  private static EngineEvidence grew(
      Map<EngineQuantity, Double> from, Map<EngineQuantity, Double> to) {
    return new EngineEvidence("a", reading(from), reading(to), List.of());
  }

  private static EngineReport report(EngineEvidence evidence, ClientMean ttft) {
    return EngineReport.of(evidence, WINDOW, ttft, NOTHING);
  }

  @Test
  void theServersMeanIsThatOfTheLevelAlone() {
    EngineEvidence evidence =
        grew(Map.of(TTFT_SUM, 100.0, TTFT_COUNT, 10.0), Map.of(TTFT_SUM, 102.0, TTFT_COUNT, 30.0));

    EngineMean mean = report(evidence, new ClientMean(20, 112.0)).ttft().orElseThrow();

    assertThat(mean.count()).isEqualTo(20);
    assertThat(mean.meanMs()).isEqualTo(100);
    assertThat(mean.offPct()).hasValue(12.0);
    assertThat(mean.disagrees()).isTrue();
  }

  @Test
  void tenPercentIsAgreement() {
    EngineEvidence evidence =
        grew(Map.of(TTFT_SUM, 0.0, TTFT_COUNT, 0.0), Map.of(TTFT_SUM, 2.0, TTFT_COUNT, 20.0));
    assertThat(report(evidence, new ClientMean(20, 109.9)).ttft().orElseThrow().disagrees())
        .isFalse();
    assertThat(report(evidence, new ClientMean(20, 89.0)).ttft().orElseThrow().disagrees())
        .isTrue();
  }

  @Test
  void meansOfOtherEventsAreNotCompared() {
    EngineEvidence evidence =
        grew(Map.of(ITL_SUM, 0.0, ITL_COUNT, 0.0), Map.of(ITL_SUM, 2.0, ITL_COUNT, 20.0));
    EngineReport report = EngineReport.of(evidence, WINDOW, NOTHING, new ClientMean(40, 50.0));
    assertThat(report.itl().orElseThrow().offPct()).isEmpty();
    assertThat(report.itl().orElseThrow().clientMeanMs()).hasValue(50.0);
    assertThat(report.ttft()).isEmpty();
  }

  @Test
  void aServerThatBeganAnewTellsNothingOfTheLevel() {
    EngineEvidence evidence =
        grew(
            Map.of(PREFIX_CACHE_QUERIES, 100.0, PREFIX_CACHE_HITS, 0.0),
            Map.of(PREFIX_CACHE_QUERIES, 7.0, PREFIX_CACHE_HITS, 0.0));
    assertThat(report(evidence, NOTHING).counters()).isEmpty();
    assertThat(evidence.prefixUse()).isEmpty();
  }

  @Test
  void cacheHitsAreThoseOfTheLevel() {
    EngineEvidence evidence =
        grew(
            Map.of(PREFIX_CACHE_QUERIES, 1_000.0, PREFIX_CACHE_HITS, 900.0),
            Map.of(PREFIX_CACHE_QUERIES, 3_000.0, PREFIX_CACHE_HITS, 901.0));
    assertThat(evidence.prefixUse()).hasValue(new EngineEvidence.PrefixUse(2_000, 1));
  }

  private static Optional<EngineReading> late(Distribution soFar) {
    return Optional.of(
        new EngineReading(
            Optional.of(new EngineSample(0, Map.of(RUNNING, 1.0))),
            Optional.empty(),
            Optional.empty(),
            Optional.of(soFar)));
  }

  @Test
  void theScheduleErrorIsThatOfTheLevelAlone() {
    Distribution before = Distribution.of(9_000_000, 9_000_000);
    long[] level = LongStream.range(0, 1_000).map(i -> i < 980 ? 20_000 : 500_000).toArray();
    EngineEvidence evidence =
        new EngineEvidence("a", late(before), late(before.plus(Distribution.of(level))), List.of());

    assertThat(report(evidence, NOTHING).scheduleError())
        .hasValueSatisfying(
            error -> {
              assertThat(error.count()).isEqualTo(1_000);
              assertThat(error.p50Ms()).isCloseTo(0.02, within(0.001));
              assertThat(error.p99Ms().orElseThrow()).isCloseTo(0.5, within(0.001));
              assertThat(error.maxMs()).isCloseTo(0.5, within(0.001));
            });
  }

  @Test
  void ofAnEngineThatBeganAnewOrWroteNothingThereIsNone() {
    Distribution some = Distribution.of(1_000_000, 2_000_000);

    assertThat(
            report(
                    new EngineEvidence("a", late(some), late(Distribution.of(1_000)), List.of()),
                    NOTHING)
                .scheduleError())
        .isEmpty();
    assertThat(
            report(new EngineEvidence("a", late(some), late(some), List.of()), NOTHING)
                .scheduleError())
        .isEmpty();
  }

  @Test
  void gaugesAreOfTheWindow() {
    EngineEvidence evidence =
        new EngineEvidence(
            "a",
            Optional.empty(),
            Optional.empty(),
            List.of(
                new EngineSample(1_000_000_000L, Map.of(RUNNING, 2.0)),
                new EngineSample(2_000_000_000L, Map.of(RUNNING, 4.0)),
                new EngineSample(3_500_000_000L, Map.of(RUNNING, 400.0))));

    EngineReport report = report(evidence, NOTHING);

    assertThat(report.gauges()).containsEntry("running", new Gauge(3, 4, 2));
    assertThat(report.samples()).extracting(EngineReport.Point::timeMs).containsExactly(1e3, 2e3);
    assertThat(report.trouble()).hasValue("no word of the reading before the level");
  }
}
