package io.streamgauge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void aQuantileIsASampleThatTheShareDoesNotExceed() {
    Samples hundred = new Samples(IntStream.rangeClosed(1, 100).asDoubleStream().toArray());

    assertThat(hundred.quantile(0.5)).isEqualTo(50);
    assertThat(hundred.quantile(0.99)).isEqualTo(99);
    assertThat(hundred.quantile(1)).isEqualTo(100);
  }

  @Test
  void nothingHasNoStatistics() {
    Samples none = new Samples(new double[0]);

    assertThat(none.mean()).isNaN();
    assertThat(none.quantile(0.5)).isNaN();
  }
}
