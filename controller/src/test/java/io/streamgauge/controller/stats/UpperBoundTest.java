package io.streamgauge.controller.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.measure.SampleFloor;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpperBoundTest {
  /** By SciPy 1.17.1: the largest k with {@code binom.sf(k - 1, n, 1 - q) >= 0.99}. */
  @ParameterizedTest(name = "of {1} samples at {0}")
  @CsvSource({
    "0.99, 458, 0",
    "0.99, 459, 1",
    "0.99, 661, 1",
    "0.99, 662, 2",
    "0.99, 10000, 78",
    "0.9, 43, 0",
    "0.9, 44, 1",
    "0.9, 64, 2",
    "0.9, 1000, 79",
    "0.5, 20, 5",
    "0.999, 6636, 2",
    "0.95, 130, 2"
  })
  void isTheRankOfAnIndependentImplementation(double quantile, long samples, long rank) {
    assertThat(UpperBound.rank(quantile, samples))
        .isEqualTo(rank == 0 ? OptionalLong.empty() : OptionalLong.of(rank));
  }

  @ParameterizedTest
  @CsvSource({"0.9", "0.95", "0.99", "0.999"})
  void atAPercentilesFloorItIsTheSecondHighest(double quantile) {
    assertThat(UpperBound.rank(quantile, SampleFloor.of(quantile))).hasValue(2);
    assertThat(UpperBound.rank(quantile, SampleFloor.of(quantile) - 1)).hasValue(1);
  }
}
