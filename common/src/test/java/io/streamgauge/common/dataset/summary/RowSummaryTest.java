package io.streamgauge.common.dataset.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamgauge.common.dataset.row.Blocks;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.row.Occasion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RowSummaryTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void onlyBlocksUpToTheFirstNewOneAreReused() {
    PrefixReuse reuse = new PrefixReuse();

    reuse.add(blocks(1, 2, 3));
    reuse.add(blocks(1, 2, 4, 3));
    reuse.add(blocks(9, 1));

    assertThat(reuse.blocks()).isEqualTo(9);
    assertThat(reuse.share()).isEqualTo(2 / 9.0);
  }

  @Test
  void idsOfAnySizeAreKnownAgain() {
    PrefixReuse reuse = new PrefixReuse();

    reuse.add(blocks(Long.MIN_VALUE, 1L << 40));
    reuse.add(blocks(Long.MIN_VALUE, 1L << 40));

    assertThat(reuse.share()).isEqualTo(0.5);
  }

  @Test
  void evenArrivalsHaveNoVariationAndThoseOfPoissonHaveOne() {
    Arrivals even = new Arrivals();
    Arrivals poisson = new Arrivals();
    SplittableRandom random = new SplittableRandom(7);
    double at = 0;
    for (int i = 0; i < 20_000; i++) {
      even.add(i * SECOND / 10);
      at -= Math.log1p(-random.nextDouble()) * SECOND / 10;
      poisson.add((long) at);
    }

    assertThat(even.cv()).isZero();
    assertThat(even.rate()).isEqualTo(10, within(1e-6));
    assertThat(poisson.cv()).isEqualTo(1, within(0.05));
    assertThat(poisson.rate()).isEqualTo(10, within(0.3));
  }

  @Test
  void noArrivalIsLostWhenBinsGetWider() {
    Arrivals arrivals = new Arrivals();
    long count = 0;
    for (long at = 0; at < 400L * 24 * 3600 * SECOND; at = at * 3 / 2 + 1_000_000) {
      arrivals.add(at);
      count++;
    }

    assertThat(arrivals.counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(count);
    assertThat(arrivals.counts()).hasSizeLessThanOrEqualTo(30);
    assertThat(arrivals.nanos()).isGreaterThan(30L * 24 * 3600 * SECOND);
  }

  @Test
  void tiesAreTheShareOfThoseAtTheTimeOfTheOneBefore() {
    Arrivals arrivals = new Arrivals();
    for (long at : new long[] {0, 0, 0, 5, 3}) {
      arrivals.add(at * SECOND);
    }

    assertThat(arrivals.ties()).isEqualTo(0.4);
    assertThat(arrivals.nanos()).isEqualTo(5 * SECOND);
  }

  @Test
  void lengthsFallIntoPowersOfTwo() {
    Lengths lengths = new Lengths();
    for (int length : new int[] {0, 1, 2, 3, 4, 9, 1_000_000_000}) {
      lengths.add(length);
    }

    assertThat(lengths.bins()).hasSize(31);
    assertThat(lengths.bins().subList(0, 5))
        .containsExactly(
            new Lengths.Bin(0, 0, 1),
            new Lengths.Bin(1, 1, 1),
            new Lengths.Bin(2, 3, 2),
            new Lengths.Bin(4, 7, 1),
            new Lengths.Bin(8, 15, 1));
    assertThat(lengths.bins().getLast().count()).isEqualTo(1);
    assertThat(lengths.percentile(0.5)).isEqualTo(3);
    assertThat(lengths.percentile(0.99)).isEqualTo(1_000_000_000);
  }

  @Test
  void aSessionHasAsManyTurnsAsRequests() {
    RowSummary summary = new RowSummary(0);
    for (String session : List.of("a", "b", "a", "a")) {
      summary.add(
          new FileRow.Lengths(
              1,
              0,
              Optional.empty(),
              new Occasion(Optional.of(0L), Optional.empty(), Optional.of(session))));
    }

    assertThat(summary.turns().count()).isEqualTo(2);
    assertThat(summary.turns().max()).isEqualTo(3);
    assertThat(summary.outputTokens().bins()).containsExactly(new Lengths.Bin(0, 0, 4));
  }

  private static Blocks blocks(long... ids) {
    return new Blocks(Arrays.stream(ids).boxed().toList(), 16);
  }
}
