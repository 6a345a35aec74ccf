package io.streamgauge.common.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.histogram.Distribution;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientStatsTest {
  private static final ClientStats A = stats(1, 0.25);
  private static final ClientStats B = stats(20, 0.75);
  private static final ClientStats C = stats(300, 0.5);

  @Test
  void plusIsAMonoid() {
    assertThat(A.plus(ClientStats.ZERO)).isEqualTo(A);
    assertThat(ClientStats.ZERO.plus(A)).isEqualTo(A);
    assertThat(A.plus(B).plus(C)).isEqualTo(A.plus(B.plus(C)));
  }

  @Test
  void everyNumberAddsUpButThoseOfWhichTheGreatestCounts() {
    assertThat(A.plus(B))
        .isEqualTo(
            new ClientStats(
                Distribution.of(1, 20),
                Distribution.of(2, 21),
                Distribution.of(3, 22),
                27,
                29,
                31,
                33,
                35,
                37,
                29,
                41,
                43,
                0.75,
                32,
                new StampStats(
                    47,
                    49,
                    51,
                    36,
                    -22,
                    Distribution.of(18, 37),
                    Distribution.of(19, 38),
                    Distribution.of(20, 39)),
                Distribution.of(21, 40),
                Map.of("host:1", process(1), "host:20", process(20))));
  }

  @Test
  void aProcessThatSeveralAgentsShareCountsOnce() {
    ClientStats first = A.in("host:7", process(100));
    ClientStats second = B.in("host:7", process(110));

    assertThat(first.plus(second).cpuNanos()).isEqualTo(110);
    assertThat(first.plus(second).gcPause()).isEqualTo(Distribution.of(110));
    assertThat(first.plus(second)).isEqualTo(first.plus(second.plus(ClientStats.ZERO)));
  }

  @Test
  void processesOfTheirOwnAddUpAndTheWorstHostIsTold() {
    ClientStats both = A.in("host:7", process(100)).plus(B.in("host:8", process(110)));

    assertThat(both.cpuNanos()).isEqualTo(210);
    assertThat(both.gcPause()).isEqualTo(Distribution.of(100, 110));
    assertThat(both.stealShare()).isEqualTo(0.11);
    assertThat(both.pressureShare()).contains(0.22);
  }

  @Test
  void whatNoSystemTellsReadsZeroOrNotAtAll() {
    ClientStats silent =
        A.in("host:7", new ProcessStats(Distribution.ZERO, 1, Optional.empty(), Optional.empty()));

    assertThat(silent.stealShare()).isZero();
    assertThat(silent.pressureShare()).isEmpty();
  }

  private static ProcessStats process(long number) {
    return new ProcessStats(
        Distribution.of(number), number, Optional.of(number / 1000.0), Optional.of(number / 500.0));
  }

  /** Different numbers, from {@code first} up. */
  private static ClientStats stats(int first, double busiest) {
    return new ClientStats(
        Distribution.of(first),
        Distribution.of(first + 1),
        Distribution.of(first + 2),
        first + 3,
        first + 4,
        first + 5,
        first + 6,
        first + 7,
        first + 8,
        first + 9,
        first + 10,
        first + 11,
        busiest,
        first + 12,
        new StampStats(
            first + 13,
            first + 14,
            first + 15,
            first + 16,
            -(first + 2),
            Distribution.of(first + 17),
            Distribution.of(first + 18),
            Distribution.of(first + 19)),
        Distribution.of(first + 20),
        Map.of("host:" + first, process(first)));
  }
}
