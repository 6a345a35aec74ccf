package io.streamgauge.controller.level.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.message.AgentEvent.Progress;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.controller.SampleLevel;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WarmthWatchTest {
  private final WarmthWatch watch = new WarmthWatch(new ClosedLoop(4, Optional.empty()), 1);

  @Test
  void twoWindowsThatAgreeAreSteady() {
    assertThat(watch.steadyAfter(progress(20, 100), 2)).isFalse();
    assertThat(watch.steadyAfter(progress(40, 100), 4)).isTrue();
  }

  @Test
  void aRateThatStillRisesIsNotSteady() {
    assertThat(watch.steadyAfter(progress(20, 100), 2)).isFalse();
    assertThat(watch.steadyAfter(progress(50, 100), 4)).isFalse();
    assertThat(watch.steadyAfter(progress(80, 100), 6)).isTrue();
  }

  @Test
  void aTtftThatStillFallsIsNotSteady() {
    assertThat(watch.steadyAfter(progress(20, 100), 2)).isFalse();
    // The mean of all is 75 ms, so that of the second window is 50 ms.
    assertThat(watch.steadyAfter(progress(40, 75), 4)).isFalse();
  }

  @Test
  void aWindowWaitsForItsRequestsHoweverLongTheyTake() {
    assertThat(watch.steadyAfter(progress(9, 100), 2)).isFalse();
    assertThat(watch.steadyAfter(progress(10, 100), 10)).isFalse();
    assertThat(watch.steadyAfter(progress(19, 100), 19)).isFalse();
    assertThat(watch.steadyAfter(progress(20, 100), 20)).isTrue();
  }

  @Test
  void aWindowHoldsAsManyRequestsAsAreInFlight() {
    WarmthWatch many = new WarmthWatch(new ClosedLoop(64, Optional.empty()), 1);

    assertThat(many.steadyAfter(progress(63, 100), 2)).isFalse();
    assertThat(many.steadyAfter(progress(64, 100), 2.1)).isFalse();
    assertThat(many.steadyAfter(progress(128, 100), 4.2)).isTrue();
  }

  @Test
  void nothingIsJudgedBeforeEveryAgentHasSpoken() {
    OpenLoop open = new OpenLoop(10, new Arrival.Poisson(), Optional.empty());
    WarmthWatch two = new WarmthWatch(open, 2);

    assertThat(two.steadyAfter(progress(20, 100), 2)).isFalse();
    assertThat(two.steadyAfter(progress(40, 100), 4)).isFalse();
  }

  /** So many answers of 10 tokens so far, with this mean TTFT in ms. */
  private static Progress progress(int answers, double ttft) {
    return new Progress(
        "run",
        "a",
        "warmup",
        new Counts(Map.of(Outcome.OK, (long) answers), 0, answers * 10L, answers * 10L),
        4,
        answers * 10L,
        SampleLevel.millis(SampleLevel.times(answers, ttft)),
        Distribution.ZERO);
  }
}
