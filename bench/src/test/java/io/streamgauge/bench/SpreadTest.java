package io.streamgauge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void theMedianStandsBetweenTheExtremes() {
    assertThat(Spread.of(List.of(9.0, 1.0, 3.0)).text(1)).isEqualTo("3.0 (1.0..9.0)");
  }

  @Test
  void ofAnEvenNumberItIsTheMiddleOfTheTwoInside() {
    assertThat(Spread.of(List.of(1.0, 2.0, 4.0, 90.0)).median()).isEqualTo(3.0);
  }

  @Test
  void oneReadingHasNoSpread() {
    assertThat(Spread.of(List.of(2.5)).text(2)).isEqualTo("2.50");
  }

  @Test
  void whatRoundsToNothingHasNoSign() {
    assertThat(Spread.of(List.of(-0.004)).text(2)).isEqualTo("0.00");
  }
}
