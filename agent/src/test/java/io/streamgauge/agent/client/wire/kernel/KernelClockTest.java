package io.streamgauge.agent.client.wire.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamgauge.agent.client.wire.StampTally;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelClockTest {
  private static final long EPOCH = 1_800_000_000_000_000_000L;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  /** A reading of the two clocks is as wide as a call, or as a pause in its midst. */
  private static final long WIDTH = 20 * MILLI;

  private final StampTally tally = new StampTally();
  private long offset = EPOCH;
  private final KernelClock clock = new KernelClock(() -> System.nanoTime() + offset, tally);

  @Test
  void aStampOfTheWallClockIsATimeOfTheMonotonicOne() {
    long now = System.nanoTime();

    assertThat(clock.monotonic(EPOCH + now - MILLI, now - 2 * MILLI, now))
        .isCloseTo(now - MILLI, within(WIDTH));
    assertThat(tally.stats().steps()).isZero();
  }

  @Test
  void aStampThatLiesAheadOrLongBeforeTheLastLookIsNone() {
    long now = System.nanoTime();

    assertThat(clock.monotonic(EPOCH + now + SECOND, now - MILLI, now)).isEqualTo(KernelClock.NONE);
    assertThat(clock.monotonic(EPOCH + now - 3 * SECOND, now - MILLI, now))
        .isEqualTo(KernelClock.NONE);
  }

  @Test
  void aPacketThatWaitedForAStarvedProcessorKeepsItsStamp() {
    long now = System.nanoTime();

    assertThat(clock.monotonic(EPOCH + now - 400 * MILLI, now - MILLI, now))
        .isCloseTo(now - 400 * MILLI, within(WIDTH));
  }

  @ParameterizedTest
  @ValueSource(longs = {SECOND, -SECOND, 3_600 * SECOND, -3_600 * SECOND, 200 * MILLI})
  void whenTheWallClockIsSetStampsFromBeforeAndAfterAreBothRight(long step) {
    long now = System.nanoTime();
    offset += step;
    clock.look();

    long before = clock.monotonic(EPOCH + now - MILLI, now - 2 * MILLI, now);
    long after = clock.monotonic(EPOCH + step + now - MILLI, now - 2 * MILLI, now);

    assertThat(before).isCloseTo(now - MILLI, within(WIDTH));
    assertThat(after).isCloseTo(now - MILLI, within(WIDTH));
    assertThat(tally.stats().steps()).isEqualTo(1);
    assertThat(tally.stats().greatestStepNanos()).isCloseTo(step, within(WIDTH));
  }

  @Test
  void aSmallStepThatLeavesBothReadingsOpenGivesNoStamp() {
    long now = System.nanoTime();
    offset += 5 * MILLI;
    clock.look();

    assertThat(clock.monotonic(EPOCH + now - 10 * MILLI, now - 20 * MILLI, now))
        .isEqualTo(KernelClock.NONE);
  }

  @Test
  void aWallClockThatIsSlewedIsFollowedWithoutAStep() {
    for (int i = 0; i < 100; i++) {
      offset += 500; // ns a look, as by 500 ppm at one look a millisecond
      clock.look();
    }
    long now = System.nanoTime();

    assertThat(clock.monotonic(offset + now - MILLI, now - 2 * MILLI, now))
        .isCloseTo(now - MILLI, within(WIDTH));
    assertThat(tally.stats().steps()).isZero();
  }

  /** As on a starved processor: what a pause in its midst makes of a reading is no step. */
  @Test
  void aFirstReadingThatWasTornApartIsMendedWithoutAStep() {
    int[] readings = {0};
    KernelClock torn =
        new KernelClock(
            () -> {
              long time = System.nanoTime() + EPOCH;
              if (++readings[0] <= 3) {
                LockSupport.parkNanos(2 * MILLI);
              }
              return time;
            },
            tally);
    torn.look();

    assertThat(readings[0]).isGreaterThan(3);
    assertThat(tally.stats().steps()).isZero();
  }
}
