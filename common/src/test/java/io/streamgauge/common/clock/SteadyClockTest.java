package io.streamgauge.common.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyClockTest {
  private static final Instant BEGAN = Instant.parse("2026-02-01T14:30:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT3H", "PT-3H", "PT-0.5S"})
  void aStepOfTheWallClockMovesNoTimeOfItsOwn(Duration step) {
    AtomicReference<Instant> wall = new AtomicReference<>(BEGAN);
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    SteadyClock clock = new SteadyClock(wall::get, nanos::get);

    wall.set(BEGAN.plusSeconds(2).plus(step));
    nanos.addAndGet(2_000_000_000L);

    assertThat(clock.instant()).isEqualTo(BEGAN.plusSeconds(2));
  }
}
