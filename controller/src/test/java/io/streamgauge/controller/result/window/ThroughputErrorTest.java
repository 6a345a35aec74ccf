package io.streamgauge.controller.result.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.histogram.TokenSeries;
import io.streamgauge.common.measure.Window;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ThroughputErrorTest {
  private static final Window SECOND = new Window(0, 1_000_000_000);

  /** A count for each 10 ms of a second, the tenths of which take turns. */
  private static TokenSeries turns(int even, int odd) {
    int[] bins = new int[100];
    Arrays.setAll(bins, i -> i / 10 % 2 == 0 ? even : odd);
    return TokenSeries.of(bins);
  }

  @Test
  void whatComesEvenlyHasNone() {
    assertThat(ThroughputError.of(turns(3, 3), SECOND)).contains(0.0);
  }

  @Test
  void itIsTheDeviationOfTenPartsOverTheRootOfTheirNumber() {
    double deviation = Math.sqrt(10 * 100.0 * 100.0 / 9);

    assertThat(ThroughputError.of(turns(2, 4), SECOND).orElseThrow())
        .isCloseTo(deviation / Math.sqrt(10), Offset.offset(1e-6));
  }

  @Test
  void belowASecondNothingIsSaid() {
    assertThat(ThroughputError.of(turns(3, 3), new Window(0, 999_999_999))).isEmpty();
  }
}
