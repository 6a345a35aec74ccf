package io.streamgauge.bench.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.controller.compare.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code compare} says of virtual runs whose truth is known. */
class TrialsTest {
  private static final int SEEDS = 40;

  private static int count(Map<Verdict, Integer> verdicts, Verdict verdict) {
    return verdicts.getOrDefault(verdict, 0);
  }

  @ParameterizedTest
  @CsvSource({"3", "5", "10"})
  void ofRunsOfOneThingAtMostOneInTwentyComparisonsClaimsADifference(int runs) {
    assertThat(new Trials(runs, 1, 0.01, SEEDS).verdicts())
        .allSatisfy(
            verdicts ->
                assertThat(count(verdicts, Verdict.BETTER) + count(verdicts, Verdict.WORSE))
                    .isLessThanOrEqualTo(SEEDS / 20));
  }

  @Test
  void aTrueDifferenceOfFivePercentIsFoundWithTenRepeats() {
    assertThat(count(new Trials(10, 1.05, 0.02, SEEDS).verdicts().getFirst(), Verdict.WORSE))
        .isGreaterThanOrEqualTo(SEEDS * 4 / 5);
  }

  @Test
  void aTrueDifferenceOfHalfAPercentIsEquivalentWithinTwo() {
    assertThat(count(new Trials(10, 1.005, 0.01, SEEDS).verdicts().getFirst(), Verdict.EQUIVALENT))
        .isGreaterThanOrEqualTo(SEEDS * 4 / 5);
  }

  @Test
  void theIntervalHoldsTheTruthAsOftenAsItSays() {
    assertThat(new Trials(5, 1.05, 0.01, 400).covered()).isBetween(0.92, 0.98);
  }
}
