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

    assertThat(lag.distribution().count()).isBetween(430L, 435L);
    assertThat(lag.distribution().minMillis()).hasValue(0.5);
    assertThat(lag.distribution().maxMillis()).hasValue(0.5);
  }

  @Test
  void aLoopThatIsAwayCountsEveryTickThatItMissed() {
    FakeTime time = new FakeTime(0, 0);
    LoopLag lag = new LoopLag(time::now, time.timers());
    lag.start();
    time.runUntil(5 * MILLI);

    // Ticks at 2.3 and 4.6 ms were on time; those at 6.9, 9.2, ... 103.5 ms are run at 105 ms.
    time.pass(100 * MILLI);
    time.runUntil(time.now());

    assertThat(lag.distribution().count()).isEqualTo(2 + 43);
    assertThat(lag.distribution().maxMillis()).hasValue(105 - 6.9);
    assertThat(lag.distribution().minMillis()).hasValue(0.0);
  }
}
