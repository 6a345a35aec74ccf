package io.streamgauge.controller.result.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.histogram.Distribution;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantilesTest {
  private static Quantiles of(int count) {
    return Quantiles.of(
        Distribution.of(LongStream.rangeClosed(1, count).map(ms -> ms * 1_000_000).toArray()));
  }

  @ParameterizedTest(name = "{0} samples: p90 {1}, p95 {2}, p99 {3}, p99.9 {4}")
  @CsvSource({
    "63, false, false, false, false",
    "64, true, false, false, false",
    "129, true, false, false, false",
    "130, true, true, false, false",
    "661, true, true, false, false",
    "662, true, true, true, false",
    "6635, true, true, true, false",
    "6636, true, true, true, true",
  })
  void aPercentileBelowItsFloorOfSamplesIsNull(
      int samples, boolean p90, boolean p95, boolean p99, boolean p999) {
    Quantiles quantiles = of(samples);

    assertThat(quantiles.p90() != null).isEqualTo(p90);
    assertThat(quantiles.p95() != null).isEqualTo(p95);
    assertThat(quantiles.p99() != null).isEqualTo(p99);
    assertThat(quantiles.p999() != null).isEqualTo(p999);
    assertThat(quantiles.p50()).isNotNull();
    assertThat(quantiles.max()).isEqualTo((double) samples);
  }

  @Test
  void oneSampleIsItsOwnMeanAndMedian() {
    Quantiles quantiles = of(1);

    assertThat(quantiles.mean()).isEqualTo(1.0);
    assertThat(quantiles.stddev()).isEqualTo(0.0);
    assertThat(quantiles.min()).isEqualTo(1.0);
    assertThat(quantiles.p50()).isEqualTo(1.0);
  }

  @Test
  void thePercentilesOfAThousandSteps() {
    Quantiles quantiles = of(1_000);

    assertThat(quantiles.mean()).isEqualTo(500.5);
    assertThat(quantiles.p50()).isBetween(499.5, 500.5);
    assertThat(quantiles.p90()).isBetween(899.1, 900.9);
    assertThat(quantiles.p99()).isBetween(989.0, 991.0);
  }
}
