package io.streamgauge.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.streamgauge.common.clock.ClockReading;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockEstimateTest {
  private static final Instant NOON = Instant.parse("2026-02-01T12:00:00Z");
  private final ClockEstimate clock = new ClockEstimate();

  @Test
  void theRemoteTimeIsTakenForTheMiddleOfTheRoundTrip() {
    clock.take(1_000, NOON, 3_000);

    assertThat(clock.monotonic(NOON, 3_000)).isEqualTo(2_000);
    assertThat(clock.remote(2_000, 3_000)).isEqualTo(NOON);
    assertThat(clock.monotonic(NOON.plusNanos(500), 3_000)).isEqualTo(2_500);
  }

  @Test
  void theOffsetIsTheirClockMinusOursAndHalfTheTripItsBound() {
    clock.take(1_000, NOON, 3_000);

    assertThat(clock.reading(NOON.minusSeconds(5).plusNanos(1_000), 3_000))
        .contains(new ClockReading(5_000_000_000L, 1_000));
  }

  @Test
  void theTripWithTheLeastDelayCounts() {
    clock.take(0, NOON.plusMillis(3), 10_000_000);
    clock.take(20_000_000, NOON.plusMillis(20).plusNanos(100), 20_000_200);
    clock.take(30_000_000, NOON.plusMillis(33), 40_000_000);

    assertThat(clock.remote(0, 40_000_000)).isEqualTo(NOON);
  }

  @Test
  void anOldTripCountsLessSinceClocksDriftApart() {
    clock.take(0, NOON, 200);
    long later = 60_000_000_000L;
    clock.take(later, NOON.plusSeconds(60).plusNanos(1_000_000), later + 20_000);

    assertThat(clock.reading(NOON, later + 20_000).orElseThrow().boundNanos()).isEqualTo(10_000);
  }

  @Test
  void withoutATripNothingIsKnown() {
    assertThat(clock.reading(NOON, 0)).isEmpty();
    assertThatIllegalStateException().isThrownBy(() -> clock.monotonic(NOON, 0));

    clock.take(1_000, NOON, 3_000);
    clock.reset();

    assertThat(clock.reading(NOON, 0)).isEmpty();
  }
}
