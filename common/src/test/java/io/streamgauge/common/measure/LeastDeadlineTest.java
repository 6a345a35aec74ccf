package io.streamgauge.common.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LeastDeadlineTest {
  private static final long MILLI = 1_000_000;
  private static final long FIRST = 100 * MILLI;

  /** One token at each of the arrivals, in ms from the sending. */
  private static long least(long... arrivals) {
    LeastDeadline least = new LeastDeadline(0, FIRST);
    for (long arrival : arrivals) {
      least.add(arrival * MILLI, 1);
    }
    return least.nanos();
  }

  @Test
  void ofAnEvenAnswerItIsTheGapBetweenTokens() {
    long[] even = new long[20];
    java.util.Arrays.setAll(even, i -> 100 + 20L * i);

    assertThat(least(even)).isBetween(20 * MILLI, 20 * MILLI + 20_000);
  }

  @Test
  void oneTokenInTenMayBeLate() {
    assertThat(least(100, 110, 120, 130, 140, 150, 160, 170, 180, 980))
        .as("nine of ten at 10 ms")
        .isBetween(10 * MILLI, 10 * MILLI + 10_000);
  }

  @Test
  void tokensOfOneChunkNeedNoTime() {
    LeastDeadline least = new LeastDeadline(0, FIRST);
    least.add(90 * MILLI, 50);

    assertThat(least.nanos()).isZero();
  }

  @Test
  void noDeadlineOfLaterTokensMakesUpForALateFirstOneOfFew() {
    assertThat(least(101, 102, 103)).isEqualTo(RequestRecord.NONE);
  }

  @Test
  void itIsFluidWithItAndNotWithAnyLess() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 300; round++) {
      int arrivals = random.nextInt(1, 200);
      long[] times = new long[arrivals];
      int[] tokens = new int[arrivals];
      long now = 0;
      LeastDeadline search = new LeastDeadline(0, FIRST);
      for (int i = 0; i < arrivals; i++) {
        now += random.nextLong(random.nextBoolean() ? 1 : 200 * MILLI);
        times[i] = now;
        tokens[i] = random.nextInt(1, 4);
        search.add(now, tokens[i]);
      }

      long found = search.nanos();

      if (found != RequestRecord.NONE && found > 0) {
        assertThat(index(times, tokens, found)).isGreaterThanOrEqualTo(Fluidity.ENOUGH);
        assertThat(index(times, tokens, found - Math.max(10_000, found / 1_000)))
            .isLessThan(Fluidity.ENOUGH);
      }
    }
  }

  @Test
  void aLongerDeadlineNeverMakesMoreTokensLate() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 300; round++) {
      long[] times = random.longs(50, 0, 3_000 * MILLI).sorted().toArray();
      int[] tokens = random.ints(50, 0, 4).toArray();
      tokens[0] = 1;
      long shorter = random.nextLong(200 * MILLI);

      assertThat(index(times, tokens, shorter + random.nextLong(50 * MILLI)))
          .isGreaterThanOrEqualTo(index(times, tokens, shorter));
    }
  }

  private static double index(long[] times, int[] tokens, long next) {
    Fluidity fluidity = new Fluidity(0, FIRST, next);
    int all = 0;
    for (int i = 0; i < times.length; i++) {
      fluidity.add(times[i], tokens[i]);
      all += tokens[i];
    }
    return (double) fluidity.inTime() / all;
  }
}
