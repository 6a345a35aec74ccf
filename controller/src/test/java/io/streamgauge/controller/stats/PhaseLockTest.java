package io.streamgauge.controller.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PhaseLockTest {
  private static final int USERS = 16;

  private static double[] ttft(int rounds, IntToDoubleFunction value) {
    return IntStream.range(0, rounds * USERS).mapToDouble(value).toArray();
  }

  @Test
  void aCohortWhoseTtftRampsInEachRoundIsLocked() {
    Random random = new Random(1);
    double[] locked =
        ttft(20, i -> (50 + 43.0 * (i % USERS) / USERS) * random.nextGaussian(1, 0.05));

    assertThat(PhaseLock.found(locked, USERS)).isPresent();
    assertThat(PhaseLock.found(locked, USERS).orElseThrow()).contains("every 16 requests");
  }

  @Test
  void aWaveOfOneRoundIsLocked() {
    assertThat(PhaseLock.found(ttft(20, i -> 100 + 30 * Math.sin(2 * Math.PI * i / USERS)), USERS))
        .isPresent();
  }

  @Test
  void noiseIsNot() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      assertThat(PhaseLock.found(ttft(20, _ -> random.nextGaussian(100, 30)), USERS)).isEmpty();
    }
  }

  @Test
  void aDriftOrAWaveOfAnotherPeriodIsNot() {
    assertThat(PhaseLock.found(ttft(20, i -> 50 + i), USERS)).isEmpty();
    assertThat(PhaseLock.found(ttft(20, i -> 100 + 30 * Math.sin(i / 50.0)), USERS)).isEmpty();
    assertThat(PhaseLock.found(ttft(20, i -> 100 + 50 * (i % 11)), USERS)).isEmpty();
  }

  @Test
  void aPatternTooSmallToMatterOrTooShortToSeeIsNot() {
    assertThat(PhaseLock.found(ttft(20, i -> 100 + 0.5 * (i % USERS)), USERS)).isEmpty();
    assertThat(PhaseLock.found(ttft(4, i -> 100 + 5 * (i % USERS)), USERS)).isEmpty();
    assertThat(PhaseLock.found(ttft(20, i -> 100 + 5 * (i % 2)), 2)).isEmpty();
  }
}
