package io.streamgauge.controller.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsTest {

  @ParameterizedTest
  @CsvSource({
    "1,      1,      0.632120558828558",
    "1,      0.1,    0.095162581964040",
    "2,      2,      0.593994150290162",
    "0.5,    0.5,    0.682689492137086",
    "0.5,    1.9207, 0.949999100",
    "10,     5,      0.031828057306205",
    "10,     20,     0.995004587692229",
    "0.0001, 0.001,  0.999367400",
    "10000,  10000,  0.501329807",
  })
  void theGammaDistributionIsThatOfTheTables(double shape, double x, double cdf) {
    assertThat(RegularizedGamma.P.value(shape, x)).isCloseTo(cdf, within(1e-6));
  }

  @Test
  void aGammaOfShapeOneIsTheExponential() {
    for (double x = 0; x < 30; x += 0.37) {
      assertThat(RegularizedGamma.P.value(1, x)).isCloseTo(-Math.expm1(-x), within(1e-12));
    }
    assertThat(RegularizedGamma.P.value(1_000_000, 1_001_000)).isCloseTo(0.8413, within(1e-3));
  }

  @Test
  void aRisingSeriesHasATrendAndTheReverseAFallingOne() {
    double[] up = IntStream.range(0, 20).mapToDouble(i -> i + (i % 3)).toArray();
    double[] down = IntStream.range(0, 20).mapToDouble(i -> -up[i]).toArray();

    assertThat(MannKendall.of(up).p()).isLessThan(1e-6);
    assertThat(MannKendall.of(up).rising()).isTrue();
    assertThat(MannKendall.of(down)).isEqualTo(new MannKendall(false, MannKendall.of(up).p()));
  }

  /** S = 45 of 45 pairs, variance 125: z = 44 / sqrt 125 = 3.935. */
  @Test
  void mannKendallOfTenThatRiseIsThatComputedByHand() {
    MannKendall test = MannKendall.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

    assertThat(test.p()).isCloseTo(8.3e-5, within(2e-6));
  }

  @Test
  void aConstantOrAShortSeriesHasNone() {
    assertThat(MannKendall.of(5, 5, 5, 5, 5, 5).p()).isEqualTo(1);
    assertThat(MannKendall.of(1, 2, 3).p()).isEqualTo(1);
  }

  @Test
  void noiseIsTakenForATrendAsOftenAsTheTestSays() {
    Random random = new Random(1);
    long found =
        IntStream.range(0, 2_000)
            .filter(_ -> MannKendall.of(random.doubles(20).toArray()).p() < 0.05)
            .count();

    assertThat(found).isBetween(60L, 140L);
  }

  @Test
  void kolmogorovSmirnovRejectsATrueLawAsOftenAsItSays() {
    Random random = new Random(2);
    long rejected =
        IntStream.range(0, 2_000)
            .filter(_ -> KolmogorovSmirnov.of(random.doubles(50).toArray(), x -> x, 0).p() < 0.05)
            .count();

    assertThat(rejected).isBetween(60L, 140L);
  }

  @Test
  void theDistanceIsTheGreatestOnEitherSideOfAStep() {
    KolmogorovSmirnov test = KolmogorovSmirnov.of(new double[] {0.5, 0.6}, x -> x, 0);

    assertThat(test.distance()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void whatIsTooSmallToTellApartIsComparedAsOne() {
    double[] coarse = {0, 0, 0, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95};

    assertThat(KolmogorovSmirnov.of(coarse, x -> x, 0).distance()).isCloseTo(0.3, within(1e-12));
    assertThat(KolmogorovSmirnov.of(coarse, x -> x, 0.3).distance()).isCloseTo(0.05, within(1e-12));
  }

  @Test
  void aPeriodIsCorrelatedAtItsLagAndNotBetween() {
    double[] saw = IntStream.range(0, 200).mapToDouble(i -> i % 10).toArray();

    assertThat(Series.autocorrelation(10, saw)).isCloseTo(1, within(0.01));
    assertThat(Series.autocorrelation(5, saw)).isNegative();
    assertThat(Series.autocorrelation(3, 7, 7, 7, 7, 7)).isZero();
    assertThat(Series.autocorrelation(5, 1, 2)).isZero();
  }

  @Test
  void momentsOfPartsAreThoseOfTheWhole() {
    Random random = new Random(3);
    Moments whole = new Moments();
    Moments sum = new Moments();
    for (int part = 0; part < 7; part++) {
      Moments moments = new Moments();
      for (int i = 0; i < part * 5; i++) {
        double value = random.nextGaussian(100, 20);
        whole.add(value);
        moments.add(value);
      }
      sum.addAll(moments);
    }
    assertThat(sum.count()).isEqualTo(whole.count());
    assertThat(sum.mean()).isCloseTo(whole.mean(), within(1e-9));
    assertThat(sum.errorOfMean()).isCloseTo(whole.errorOfMean(), within(1e-9));
  }
}
