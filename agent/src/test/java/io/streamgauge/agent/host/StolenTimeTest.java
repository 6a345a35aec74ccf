package io.streamgauge.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StolenTimeTest {
  @Test
  void theShareIsThatOfAllTicksSince() {
    StolenTime before = StolenTime.of("cpu  100 0 50 800 10 0 5 35 0 0").orElseThrow();
    StolenTime after = StolenTime.of("cpu  130 0 60 840 10 0 5 55 0 0").orElseThrow();

    assertThat(after.shareSince(before)).isEqualTo(0.2);
  }

  @Test
  void withoutATickInBetweenNothingWasStolen() {
    StolenTime now = StolenTime.of("cpu  100 0 50 800 10 0 5 35 0 0").orElseThrow();

    assertThat(now.shareSince(now)).isZero();
  }

  @Test
  void anAccountWithoutTheColumnTellsNothing() {
    assertThat(StolenTime.of("cpu  100 0 50 800 10 0 5")).isEmpty();
  }
}
