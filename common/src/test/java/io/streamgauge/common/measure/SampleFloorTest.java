package io.streamgauge.common.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleFloorTest {
  @ParameterizedTest
  @CsvSource({"0.50, 11", "0.90, 64", "0.95, 130", "0.99, 662", "0.999, 6636"})
  void aPercentileNeedsThisManySamples(double quantile, long samples) {
    assertThat(SampleFloor.of(quantile)).isEqualTo(samples);
  }
}
