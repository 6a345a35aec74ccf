package io.streamgauge.controller.result;

import static io.streamgauge.controller.SampleRequest.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.controller.SampleLevel;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
        .isEqualTo(new SloCheck("ttft_p99", 18, Optional.of(18.0), true, Optional.of("max of 18")));
    assertThat(missed)
        .isEqualTo(
            new SloCheck("ttft_p99", 17.5, Optional.of(18.0), false, Optional.of("max of 18")));
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
        .isEqualTo(new SloCheck("ttft_p50", 36_000_000, Optional.empty(), false, Optional.empty()));
  }
}
