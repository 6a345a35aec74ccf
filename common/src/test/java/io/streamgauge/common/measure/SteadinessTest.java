package io.streamgauge.common.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamgauge.common.measure.Steadiness.Phase;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SteadinessTest {
  private static Phase phase(long answers, double tps, double ttft) {
    return new Phase(answers, tps, OptionalDouble.of(ttft));
  }

  @ParameterizedTest
  @CsvSource({
    "5, 1000, 50, 5, 1000, 50, true",
    "5, 1000, 50, 9, 950, 45, true",
    "5, 1000, 50, 9, 949, 50, false",
    "5, 1000, 50, 9, 1000, 44, false",
    "4, 1000, 50, 9, 1000, 50, false",
    "5, 0, 50, 9, 1000, 50, false",
  })
  void twoWindowsAgreeWithinTheirShares(
      long n, double tps, double ttft, long m, double otherTps, double otherTtft, boolean agree) {
    Phase a = phase(n, tps, ttft);
    Phase b = phase(m, otherTps, otherTtft);

    assertThat(Steadiness.agree(a, b)).isEqualTo(agree).isEqualTo(Steadiness.agree(b, a));
  }

  @Test
  void aWindowAgreesWithItselfIfItHasAnswers() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 100; round++) {
      Phase phase = phase(random.nextInt(20), random.nextDouble(1e6), random.nextDouble(1e4));

      assertThat(Steadiness.agree(phase, phase)).isEqualTo(phase.answers() >= Steadiness.FEWEST);
    }
    Phase none = new Phase(0, 0, OptionalDouble.empty());
    assertThat(Steadiness.agree(none, none)).isFalse();
  }

  @Test
  void aWindowIsWhatLiesBetweenTwoTotals() {
    Counts before = new Counts(Map.of(Outcome.OK, 2L), 0, 100, 100);
    Counts after = new Counts(Map.of(Outcome.OK, 4L), 0, 400, 400);
    Distribution first = Distribution.of(10_000_000, 20_000_000);
    Distribution all = first.plus(Distribution.of(30_000_000, 50_000_000));

    Phase phase = Phase.between(before, first, after, all, 2);

    assertThat(phase.answers()).isEqualTo(2);
    assertThat(phase.outputTps()).isEqualTo(150);
    assertThat(phase.ttftMillis().orElseThrow()).isCloseTo(40, within(1e-9));
    assertThat(Phase.between(after, all, after, all, 1).ttftMillis()).isEmpty();
  }
}
