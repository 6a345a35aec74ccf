package io.streamgauge.controller.result;

import static io.streamgauge.controller.SampleLevel.client;
import static io.streamgauge.controller.SampleLevel.millis;
import static io.streamgauge.controller.SampleLevel.times;
import static io.streamgauge.controller.SampleRequest.failed;
import static io.streamgauge.controller.SampleRequest.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.measure.Outcome;
import io.streamgauge.controller.SampleLevel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SloCheckTest {
  /** {@code count} answers whose first tokens come after 1, 2, 3, … ms. */
  private static SloCheck check(String objective, int count) {
    SampleLevel level = SampleLevel.closed(1, 1);
    for (int i = 1; i <= count; i++) {
      level.add(number(i).times(0, i, 1_000).build());
    }
    return level.result(objective).slo().getFirst();
  }

  @Test
  void aPercentileWithEnoughSamplesIsJudgedByItself() {
    SloCheck check = check("ttft_p90=91ms", 100);

    assertThat(check.objective()).isEqualTo("ttft_p90");
    assertThat(check.limitMs()).isEqualTo(91.0);
    assertThat(check.valueMs().orElseThrow()).isBetween(89.9, 90.2);
    assertThat(check.met()).isTrue();
    assertThat(check.note()).isEmpty();
  }

  @Test
  void aPercentileThatLacksSamplesIsJudgedByTheGreatestValue() {
    SloCheck met = check("ttft_p99=18ms", 18);
    SloCheck missed = check("ttft_p99=17500us", 18);

    assertThat(met)
        .isEqualTo(
            new SloCheck(
                "ttft_p99",
                18,
                Optional.of(18.0),
                true,
                Optional.empty(),
                Optional.of(662L),
                Optional.of("max of 18")));
    assertThat(missed)
        .isEqualTo(
            new SloCheck(
                "ttft_p99",
                17.5,
                Optional.of(18.0),
                false,
                Optional.empty(),
                Optional.of(662L),
                Optional.of("max of 18")));
  }

  @Test
  void theLimitItselfIsStillMet() {
    assertThat(check("ttft_max=3ms", 3).met()).isTrue();
    assertThat(check("ttft_max=2999us", 3).met()).isFalse();
  }

  @Test
  void meanAndMedianNeedNoTail() {
    assertThat(check("ttft_mean=2ms", 3).valueMs()).contains(2.0);
    assertThat(check("ttft_p50=2ms", 3).note()).isEmpty();
    assertThat(check("ttft_p50=1ms", 3).met()).isFalse();
  }

  @Test
  void anObjectiveOfWhichNothingWasMeasuredIsMissed() {
    assertThat(check("ttft_p50=10h", 0))
        .isEqualTo(
            new SloCheck(
                "ttft_p50",
                36_000_000,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  /** {@code answered} answers after 1, 2, 3, … ms, and {@code never} that ended {@code outcome}. */
  private static SampleLevel offered(SampleLevel level, int answered, int never, Outcome outcome) {
    for (int i = 1; i <= answered; i++) {
      level.add(number(i).due(0).times(0, i, 1_000).build());
    }
    for (int i = 1; i <= never && outcome != Outcome.DROPPED; i++) {
      level.add(failed(answered + i, outcome, "gone").build());
    }
    long dropped = outcome == Outcome.DROPPED ? never : 0;
    return level.client("a", client(millis(0.01), answered, dropped, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"TIMEOUT", "RESET", "SERVER_ERROR", "CANCELLED", "DROPPED"})
  void whatWasNeverAnsweredStandsAboveEveryAnswer(Outcome outcome) {
    for (SampleLevel level :
        List.of(SampleLevel.closed(1, 1), SampleLevel.open(10, Optional.of(1), 1))) {
      LevelResult result =
          offered(level, 72, 48, outcome)
              .result("ttft_p99=1h", "e2e_mean=1h", "tpot_max=1h", "ttft_p50=61ms");

      assertThat(result.slo()).extracting(SloCheck::met).containsExactly(false, false, false, true);
      assertThat(result.slo())
          .allSatisfy(
              check ->
                  assertThat(check.note()).contains("40 % of 120 offered were never answered"));
      assertThat(result.slo().getFirst().valueMs()).isEmpty();
      // The 60th of 120 is the 60th of the 72 that were answered, not the 36th.
      assertThat(result.slo().getLast().valueMs().orElseThrow()).isBetween(59.9, 60.1);
    }
  }

  @ParameterizedTest(name = "{0} of {1} never answered: {2} met {3}")
  @CsvSource({
    "1,  100, ttft_p99=99ms, true",
    "2,  100, ttft_p99=99ms, false",
    "10, 100, ttft_p90=91ms, true",
    "11, 100, ttft_p90=90ms, false",
    "50, 100, ttft_p50=51ms, true",
    "51, 100, ttft_p50=51ms, false",
    "1,   10, ttft_p90=9ms,  true",
  })
  void aQuantileBearsAsManyAsLieAboveIt(int never, int all, String objective, boolean met) {
    SloCheck check =
        offered(SampleLevel.closed(1, 1), all - never, never, Outcome.TIMEOUT)
            .result(objective)
            .slo()
            .getFirst();

    assertThat(check.met()).as(check.toString()).isEqualTo(met);
  }

  @Test
  void gapsBetweenTokensStandForTheRequestsThatHaveThem() {
    SloCheck check =
        offered(SampleLevel.closed(1, 1), 8, 2, Outcome.RESET)
            .gaps(times(72, 5), times(72, 5))
            .result("itl_p90=1h")
            .slo()
            .getFirst();

    assertThat(check.met()).isFalse();
    assertThat(check.note()).contains("20 % of 10 offered were never answered");
  }
}
