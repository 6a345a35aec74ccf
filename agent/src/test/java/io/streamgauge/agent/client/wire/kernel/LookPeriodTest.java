package io.streamgauge.agent.client.wire.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookPeriodTest {
  private static final long MILLI = 1_000_000;

  private final LookPeriod period = new LookPeriod();
  private long now;

  /** Looks for 100 ms, once a millisecond. */
  private void lookFor(int each) {
    for (int i = 0; i < 100; i++) {
      now += MILLI;
      period.looked(each, now);
    }
  }

  @Test
  void withoutAnyGapSeenItIsOneMillisecond() {
    assertThat(period.nanos()).isEqualTo(MILLI);
  }

  @ParameterizedTest
  @CsvSource({"20000000, 1000000", "4000000, 1000000", "2000000, 500000", "100000, 100000"})
  void itIsAQuarterOfTheLeastGapUpToAMillisecondAndNotBelowATenth(long gap, long nanos) {
    period.gap(60 * MILLI);
    period.gap(gap);
    period.gap(0); // told together: no pace

    assertThat(period.nanos()).isEqualTo(nanos);
  }

  @Test
  void theSocketsWakeTheLaneUntilManyComeAndAgainWhenFewDo() {
    assertThat(period.atOnce()).isTrue();

    lookFor(2);
    assertThat(period.atOnce()).isTrue();

    lookFor(50);
    assertThat(period.atOnce()).isFalse();

    lookFor(2); // in between it stays as it is
    assertThat(period.atOnce()).isFalse();

    lookFor(1);
    assertThat(period.atOnce()).isTrue();
  }

  @Test
  void aLookThatTakesLongMakesTheNextOneLate() {
    period.begin(0);

    assertThat(period.untilDue(0)).isEqualTo(MILLI);
    assertThat(period.late(MILLI)).isZero();
    assertThat(period.untilDue(6 * MILLI)).isZero();
    assertThat(period.late(6 * MILLI)).isEqualTo(4 * MILLI);
    assertThat(period.untilDue(6 * MILLI)).isEqualTo(MILLI);
  }

  /** More is left to read: such looks are due by no clock, and their haste hides no lateness. */
  @Test
  void aLookBetweenIsNotLateAndLeavesTheNextOneWhereItIs() {
    period.begin(0);

    assertThat(period.late(MILLI / 2)).isNegative();
    assertThat(period.untilDue(MILLI / 2)).isEqualTo(MILLI / 2);
  }
}
