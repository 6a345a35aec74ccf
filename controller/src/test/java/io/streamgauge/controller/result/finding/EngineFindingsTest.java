package io.streamgauge.controller.result.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.engine.EngineQuantity;
import io.streamgauge.common.engine.EngineReading;
import io.streamgauge.common.engine.EngineSample;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.engine.EngineEvidence;
import io.streamgauge.controller.engine.EngineEvidence.PrefixUse;
import io.streamgauge.controller.engine.EngineMean;
import io.streamgauge.controller.engine.EngineReport;
import io.streamgauge.controller.engine.ScheduleError;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.error.ClientErrors;
import io.streamgauge.controller.result.error.MetricError;
import io.streamgauge.controller.result.metrics.CacheState;
import io.streamgauge.controller.result.tally.CacheTally;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EngineFindingsTest {
  private static EngineReport itl(double server, double client) {
    EngineMean mean =
        new EngineMean(
            100, server, 100, Optional.of(client), Optional.of((client - server) / server * 100));
    return report(Optional.of(mean), Optional.empty());
  }

  private static EngineReport late(ScheduleError error) {
    return report(Optional.empty(), Optional.of(error));
  }

  private static EngineReport report(Optional<EngineMean> itl, Optional<ScheduleError> error) {
    return new EngineReport(
        "a",
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Map.of(),
        Optional.empty(),
        itl,
        error,
        List.of());
  }

  private static List<Finding> findings(EngineReport report) {
    MetricError none = new MetricError(true, 0, 0.4);
    ClientErrors errors =
        new ClientErrors(
            List.of(), 1, Map.of(Metric.ICL, none), Optional.empty(), Set.of(Metric.ICL), false);
    return EngineFindings.of(Optional.of(report), errors).toList();
  }

  @Test
  void gapsBelowTheServersOwnAreToldAsHeldBack() {
    assertThat(findings(itl(5.5, 1.6)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(FindingCode.SERVER_DISAGREES);
              assertThat(finding.message()).contains("5.50 ms", "1.60 ms", "holds them back");
            });
  }

  @Test
  void gapsAboveThemAreNoBuffering() {
    assertThat(findings(itl(5, 6)))
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).doesNotContain("holds them back"));
    assertThat(findings(itl(5, 5.4))).isEmpty();
  }

  @Test
  void aSimulatedEngineThatIsLaterThanAClientMayBeIsTold() {
    assertThat(findings(late(new ScheduleError(1_000, 0.02, Optional.of(0.41), 7))))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(FindingCode.ENGINE_LATE);
              assertThat(finding.message())
                  .contains("p50 0.020 p99 0.410 max 7.000 ms late over 1000 writes", "0.400 ms");
            });
    assertThat(findings(late(new ScheduleError(1_000, 0.02, Optional.of(0.4), 7)))).isEmpty();
  }

  @Test
  void ofFewWritesTheLatestCounts() {
    assertThat(findings(late(new ScheduleError(100, 0.02, Optional.empty(), 7))))
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains("p99 n/a max 7.000 ms"));
  }

  @Test
  void countersTellTheCacheStateWhereUsageDoesNot() {
    CacheTally silent = new CacheTally();
    assertThat(CacheState.of(silent, Optional.empty())).isEqualTo(CacheState.UNKNOWN);
    assertThat(CacheState.of(silent, Optional.of(new PrefixUse(100, 5))))
        .isEqualTo(CacheState.COLD);
    assertThat(CacheState.of(silent, Optional.of(new PrefixUse(100, 6))))
        .isEqualTo(CacheState.WARM);
  }

  @Test
  void aCacheThatOnlyTheCountersKnowToBeWarmIsFound() {
    LevelResult level =
        SampleLevel.closed(1, 1)
            .engine(
                new EngineEvidence(
                    "a", Optional.of(reading(0, 0)), Optional.of(reading(200, 50)), List.of()))
            .result();
    assertThat(level.metrics().cacheState()).isEqualTo(CacheState.WARM);
    assertThat(level.validity().findings())
        .filteredOn(finding -> finding.code() == FindingCode.CACHE_WARM)
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).startsWith("50 of 200 input tokens"));
  }

  private static EngineReading reading(double queries, double hits) {
    return new EngineReading(
        Optional.of(
            new EngineSample(
                0,
                Map.of(
                    EngineQuantity.PREFIX_CACHE_QUERIES,
                    queries,
                    EngineQuantity.PREFIX_CACHE_HITS,
                    hits))),
        Optional.empty(),
        Optional.empty());
  }
}
