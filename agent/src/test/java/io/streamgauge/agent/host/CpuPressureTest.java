package io.streamgauge.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuPressureTest {
  private static CpuPressure read(long micros, long atNanos) {
    return CpuPressure.of("some avg10=36.56 avg60=47.78 avg300=52.96 total=" + micros, atNanos)
        .orElseThrow();
  }

  @Test
  void theShareIsThatOfTheTimeSince() {
    assertThat(read(1_250_000, 2_000_000_000).shareSince(read(1_000_000, 1_000_000_000)))
        .isEqualTo(0.25);
  }

  @Test
  void theKernelsAccountMayRunAheadOfTheClockButNoShareIsAboveOne() {
    assertThat(read(2_100_000, 2_000_000_000).shareSince(read(1_000_000, 1_000_000_000)))
        .isEqualTo(1);
  }

  @Test
  void withoutTimeInBetweenNothingWaited() {
    assertThat(read(1_000, 5).shareSince(read(1_000, 5))).isZero();
  }

  @Test
  void anotherLineTellsNothing() {
    assertThat(CpuPressure.of("full avg10=0.00 avg60=0.00 avg300=0.00", 0)).isEmpty();
  }
}
