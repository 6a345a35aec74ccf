package io.streamgauge.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.clock.ClockReading;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.TokenSeries;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.SampleRequest;
import io.streamgauge.controller.SampleResult;
import io.streamgauge.controller.log.LostAgent;
import io.streamgauge.controller.log.RunFacts;
import io.streamgauge.controller.result.Attendance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LevelSumsTest {
  private static final Instant NAMED = Instant.parse("2026-02-01T14:30:00Z");

  private static LevelSums sums() {
    LevelSums sums =
        new LevelSums(
            SampleLevel.closedLevel(2, 10),
            new RunFacts(
                "run",
                SampleResult.PLAN,
                SampleResult.PLAN.backends().getFirst(),
                "http://127.0.0.1:8000",
                Optional.empty(),
                false,
                Map.of(),
                NAMED));
    sums.begin(NAMED);
    return sums;
  }

  private static AgentEvent.Finished finished(
      Optional<Instant> startedAt, Optional<AgentEvent.Early> early) {
    return new AgentEvent.Finished(
        "run",
        "b",
        "c2",
        ClientStats.ZERO,
        AgentEvent.LevelGaps.EMPTY,
        TokenSeries.ZERO,
        startedAt,
        ClockReading.SAME,
        early);
  }

  @Test
  void anAgentWasLostWhenItsLoadEndedAndNotWhenThatWasHeardOrNoticed() {
    LevelSums sums = sums();
    sums.lose(new LostAgent("b", "silent for 3 s", 2.1, 0.5));

    sums.take(
        finished(
            Optional.of(NAMED),
            Optional.of(
                new AgentEvent.Early("the controller was silent", Duration.ofMillis(6_100)))));

    assertThat(sums.attendance().lost())
        .containsExactly(new LostAgent("b", "silent for 3 s", 6.1, 0.5, 0, 0, true));
  }

  @Test
  void whatWasNotAnsweredIsToldByItsEnds() {
    LevelSums sums = sums();
    sums.take(
        new AgentEvent.RecordBatch(
            "run",
            "b",
            "c2",
            0,
            List.of(
                SampleRequest.number(0).build(),
                SampleRequest.failed(1, Outcome.TIMEOUT, "").build(),
                SampleRequest.failed(2, Outcome.TIMEOUT, "").build(),
                SampleRequest.failed(3, Outcome.CANCELLED, "").build())));

    assertThat(sums.unanswered())
        .contains("level c2: 3 of 4 requests were not answered: cancelled 1, timeout 2");
    assertThat(sums().unanswered()).isEmpty();
  }

  @Test
  void anAgentWhoseLoadNeverBeganHasNoStart() {
    LevelSums sums = sums();

    sums.take(finished(Optional.empty(), Optional.empty()));

    assertThat(sums.finished("b")).isTrue();
    assertThat(sums.attendance()).isEqualTo(Attendance.UNKNOWN);
  }
}
