package io.streamgauge.common.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientStatsTest {
  private static final ClientStats A = stats(1);
  private static final ClientStats B = stats(20);
  private static final ClientStats C = stats(300);

  @Test
  void plusIsAMonoid() {
    assertThat(A.plus(ClientStats.ZERO)).isEqualTo(A);
    assertThat(ClientStats.ZERO.plus(A)).isEqualTo(A);
    assertThat(A.plus(B).plus(C)).isEqualTo(A.plus(B.plus(C)));
  }

  @Test
  void everyNumberAddsUpButTheTimeAtTheCapWhichLanesSpendTogether() {
    assertThat(A.plus(B))
        .isEqualTo(
            new ClientStats(
                Distribution.of(1, 20),
                Distribution.of(2, 21),
                Distribution.of(3, 22),
                Distribution.of(4, 23),
                29,
                31,
                33,
                35,
                37,
                39,
                41,
                31,
                45));
  }

  @Test
  void theProcessIsKnownOnceForAllItsLanes() {
    ClientStats whole = A.plus(B).withProcess(Distribution.of(99), 77);

    assertThat(whole.gcPause()).isEqualTo(Distribution.of(99));
    assertThat(whole.cpuNanos()).isEqualTo(77);
    assertThat(whole.loopLag()).isEqualTo(Distribution.of(1, 20));
    assertThat(whole.lanes()).isEqualTo(45);
  }

  /** Thirteen different numbers, from {@code first} up. */
  private static ClientStats stats(int first) {
    return new ClientStats(
        Distribution.of(first),
        Distribution.of(first + 1),
        Distribution.of(first + 2),
        Distribution.of(first + 3),
        first + 4,
        first + 5,
        first + 6,
        first + 7,
        first + 8,
        first + 9,
        first + 10,
        first + 11,
        first + 12);
  }
}
