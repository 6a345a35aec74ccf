package io.streamgauge.controller.compare.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StatTest {
  @Test
  void holmMultipliesTheLeastMostAndNeverTurnsTheOrder() {
    assertThat(Holm.adjust(0.01, 0.04, 0.03, 0.005))
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(0.03, 0.06, 0.06, 0.02);
    assertThat(Holm.adjust(0.6, 0.9)).containsExactly(1, 1);
    assertThat(Holm.adjust()).isEmpty();
  }

  @Test
  void ofThreeAndThreeUnitsNoDealIsRarerThanOneInTen() {
    Permutation deals = Permutation.of(new double[] {1, 2, 3}, new double[] {7, 8, 9}, 1);
    assertThat(deals).isEqualTo(new Permutation(0.1, 0.1, true));
  }

  @Test
  void ofMoreDealsThanCanBeLookedAtSomeAreDrawnTheSameEachTime() {
    double[] before = new SplittableRandom(1).doubles(15).toArray();
    double[] after = new SplittableRandom(2).doubles(15).map(one -> one + 0.3).toArray();
    Permutation deals = Permutation.of(before, after, 3);
    double welch = Difference.of(Estimate.ofUnits(before), Estimate.ofUnits(after)).p();
    assertThat(deals.exact()).isFalse();
    assertThat(deals).isEqualTo(Permutation.of(before, after, 3));
    assertThat(deals.p()).isCloseTo(welch, within(0.01));
  }

  @Test
  void moreVariationNeedsMoreRepeatsAndTooMuchNeedsMoreThanAnybodyMakes() {
    assertThat(Noise.repeats(0.01, 0.05, 0.95)).hasValue(3);
    assertThat(Noise.repeats(0.02, 0.02, 0.95)).hasValue(17);
    assertThat(Noise.repeats(0.5, 0.01, 0.95)).isEmpty();
  }

  @Test
  void theNoiseFloorIsTheReachOfRunsOfOneThing() {
    double[] runs = {1.00, 1.02, 0.98, 1.01};
    Estimate side = Estimate.ofUnits(runs);
    double floor = Noise.floor(Estimate.deviation(runs), 3, 4, 4, 0.95);
    assertThat(floor)
        .isCloseTo(new Difference(0, Math.sqrt(2 * side.variance()), 3).reach(0.95), within(1e-12));
  }

  @Test
  void aQuantileOfBlocksCountsEachValueAsOftenAsItsBlock() {
    Blocks blocks = Blocks.quantile(0.5, new double[] {1, 2, 3, 4}, new int[] {0, 1, 0, 1}, 2);
    assertThat(blocks.with(new int[] {1, 1})).isEqualTo(2);
    assertThat(blocks.with(new int[] {2, 0})).isEqualTo(1);
    assertThat(blocks.with(new int[] {0, 2})).isEqualTo(2);
    assertThat(blocks.with(new int[] {0, 0})).isNaN();
  }

  @Test
  void fewerBlocksThanFiveTellNothing() {
    double[] ones = new double[4];
    Arrays.fill(ones, 1);
    assertThat(BlockBootstrap.logarithm(Blocks.ratio(ones, ones), 1)).isEmpty();
  }

  @Test
  void lengthsOfOneLawDoNotDifferAndOthersDo() {
    long[] some = new SplittableRandom(1).longs(200, 50, 150).toArray();
    long[] same = new SplittableRandom(2).longs(200, 50, 150).toArray();
    long[] longer = new SplittableRandom(3).longs(200, 80, 180).toArray();
    assertThat(Lengths.differ(some, same)).isFalse();
    assertThat(Lengths.differ(some, longer)).isTrue();
    assertThat(Lengths.differ(some, new long[0])).isFalse();
  }
}
