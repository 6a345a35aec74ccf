package io.streamgauge.controller.result;

import static io.streamgauge.controller.SampleLevel.client;
import static io.streamgauge.controller.SampleLevel.closed;
import static io.streamgauge.controller.SampleLevel.millis;
import static io.streamgauge.controller.SampleLevel.open;
import static io.streamgauge.controller.SampleRequest.failed;
import static io.streamgauge.controller.SampleRequest.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.result.finding.FindingCode;
import io.streamgauge.controller.result.finding.Validity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EmptyLevelTest {
  private static final Load SLOW = new OpenLoop(0.5, new Arrival.Poisson(), Optional.empty());
  private static final Load LATE =
      OpenLoop.replay(new Arrival.Replay(List.of(5_000_000_000L)), Optional.empty());

  private static SampleLevel second(Load load) {
    return SampleLevel.of(
        new Level(Level.defaultName(load), load, Extent.of(Duration.ofSeconds(1)), false));
  }

  static Stream<Arguments> empty() {
    return Stream.of(
        Arguments.of(second(SLOW), "at 0.5 requests per second (poisson) none was due within 1s"),
        Arguments.of(second(LATE), "none of the 1 times of the replay lies within 1s"),
        Arguments.of(
            second(SLOW).add(number(0).times(900, 200, 400).build()),
            "no token arrived within 1s, the level's time; an answer took 0.400 s at the median"),
        Arguments.of(
            closed(1, 2)
                .model("a", number(0).build())
                .model("b", failed(1, Outcome.MODEL_NOT_FOUND, "").build()),
            "none of the 1 requests to the model b was answered"),
        Arguments.of(closed(1, 1), "no request was sent"),
        Arguments.of(
            closed(1, 1).lost("b", 0, 1), "the agents that were lost delivered no request"),
        Arguments.of(
            closed(1, 2)
                .add(failed(0, Outcome.TIMEOUT, "").build(), failed(1, Outcome.RESET, "").build()),
            "all 2 requests failed: {reset=1, timeout=1}"),
        Arguments.of(
            closed(1, 1).add(failed(0, Outcome.CANCELLED, "").build()),
            "none of 1 requests was answered: 0 failed {}, 1 cancelled, 0 dropped"),
        Arguments.of(
            open(9, Optional.of(1), 3)
                .add(failed(0, Outcome.TIMEOUT, "").build())
                .client("a", client(millis(1), 1, 2, 0, 0)),
            "1 failed {timeout=1}, 0 cancelled, 2 dropped; those dropped waited for"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("empty")
  void aLevelWithoutAnAnswerIsNotValidAndSaysWhatBecameOfIt(SampleLevel level, String words) {
    Validity validity = level.result().validity();

    assertThat(validity.valid()).isFalse();
    assertThat(validity.findings())
        .filteredOn(finding -> finding.code() == FindingCode.NOTHING_MEASURED)
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains(words));
  }

  @Test
  void oneAnswerIsAMeasurement() {
    assertThat(closed(1, 1).add(number(0).build()).result().finding(FindingCode.NOTHING_MEASURED))
        .isEmpty();
  }
}
