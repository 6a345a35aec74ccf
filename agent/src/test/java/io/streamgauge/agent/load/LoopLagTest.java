package io.streamgauge.agent.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopLagTest {
  private static final long MILLI = 1_000_000;

  @Test
  void aLoopThatIsAlwaysHalfAMillisecondLateReadsHalfAMillisecond() {
    FakeTime time = new FakeTime(0, MILLI / 2);
    LoopLag lag = new LoopLag(time::now, time.timers());

    lag.start();
    time.runUntil(1_000 * MILLI);

    assertThat(lag.distribution().count()).isBetween(98L, 100L);
    assertThat(lag.distribution().minMillis()).hasValue(0.5);
    assertThat(lag.distribution().maxMillis()).hasValue(0.5);
  }

  @Test
  void aLoopThatIsAwayCountsEveryTickThatItMissed() {
    FakeTime time = new FakeTime(0, 0);
    LoopLag lag = new LoopLag(time::now, time.timers());
    lag.start();
    time.runUntil(5 * MILLI);

    time.pass(100 * MILLI);
    time.runUntil(time.now());

    assertThat(lag.distribution().count()).isEqualTo(10);
    assertThat(lag.distribution().maxMillis()).hasValue(95.0);
    assertThat(lag.distribution().minMillis()).hasValue(5.0);
  }
}
