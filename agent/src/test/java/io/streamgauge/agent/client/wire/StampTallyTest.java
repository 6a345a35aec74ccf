package io.streamgauge.agent.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.histogram.Distribution;
import org.junit.jupiter.api.Test;

class StampTallyTest {
  private final StampTally tally = new StampTally();

  @Test
  void anEventThatTheKernelStampedAloneIsNotLate() {
    tally.read(200, 900_000, true);
    tally.event(0, false);

    assertThat(tally.stats().kernel()).isEqualTo(1);
    assertThat(tally.stats().shared()).isZero();
    assertThat(tally.stats().late().count()).isZero();
  }

  @Test
  void theLastEventOfAReadIsExactAndThoseBeforeItMayBeLate() {
    tally.read(600, 900_000, true);
    tally.event(4, false);
    tally.event(5, true);
    tally.event(6, true);

    assertThat(tally.stats().shared()).isEqualTo(2);
    assertThat(tally.stats().late()).isEqualTo(Distribution.of(900_000, 900_000));
    assertThat(tally.stats().firstLate().count()).as("none of them began an answer").isZero();
  }

  @Test
  void aFirstEventThatSharedItsReadIsToldOfApart() {
    tally.read(400, 900_000, true);
    tally.event(0, false);
    tally.event(1, true);

    assertThat(tally.stats().firstLate()).isEqualTo(Distribution.of(900_000));
  }

  @Test
  void eachEventOfAReadThatTheKernelDidNotStampMayBeLate() {
    tally.read(400, 700_000, false);
    tally.event(0, false);
    tally.event(1, true);

    assertThat(tally.stats().user()).isEqualTo(1);
    assertThat(tally.stats().late()).isEqualTo(Distribution.of(700_000, 700_000));
    assertThat(tally.stats().firstLate()).isEqualTo(Distribution.of(700_000));
  }

  @Test
  void whereTheWireKnowsNoBoundThereIsNone() {
    tally.read(400, 0, false);
    tally.event(0, false);
    tally.event(1, true);

    assertThat(tally.stats().shared()).isEqualTo(1);
    assertThat(tally.stats().late().count()).isZero();
  }

  @Test
  void theGreatestStepIsThatFarthestFromNoneAndKeepsItsSign() {
    tally.step(1_000_000_000);
    tally.step(-3_600_000_000_000L);

    assertThat(tally.stats().steps()).isEqualTo(2);
    assertThat(tally.stats().greatestStepNanos()).isEqualTo(-3_600_000_000_000L);
  }
}
