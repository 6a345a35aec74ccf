package io.streamgauge.controller.result.tally;

import static io.streamgauge.controller.SampleRequest.failed;
import static io.streamgauge.controller.SampleRequest.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.measure.Window;
import io.streamgauge.common.plan.slo.Deadlines;
import io.streamgauge.controller.result.metrics.Quantiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LevelTallyTest {
  private static LevelTally tally(List<RequestRecord> records) {
    LevelTally tally = new LevelTally(RequestLimits.NONE, Deadlines.DEFAULT, Map.of());
    records.forEach(tally::add);
    return tally;
  }

  @Test
  void theWindowGoesFromTheFirstSentToTheLastEnd() {
    LevelTally tally =
        tally(
            List.of(
                number(1).times(500, 20, 100).build(),
                number(0).times(40, 20, 700).build(),
                number(2).times(60, 20, 100).build()));

    assertThat(tally.window()).isEqualTo(new Window(40_000_000, 740_000_000));
    assertThat(tally.window().seconds()).isEqualTo(0.7);
  }

  @Test
  void failedRequestsWidenTheWindowSinceTheServerWorkedOnThem() {
    LevelTally tally =
        tally(
            List.of(
                number(0).times(100, 20, 100).build(),
                failed(1, Outcome.TIMEOUT, "late").times(50, 20, 900).build()));

    assertThat(tally.window()).isEqualTo(new Window(50_000_000, 950_000_000));
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"OK"})
  void whatWasNotAnsweredInFullCountsIntoNoLatencyAndNoTokens(Outcome outcome) {
    LevelTally tally = tally(List.of(failed(0, outcome, "why").build()));

    assertThat(tally.counts().total()).isEqualTo(1);
    assertThat(tally.counts().of(outcome)).isEqualTo(1);
    assertThat(tally.counts().inputTokens()).isZero();
    assertThat(tally.counts().outputTokens()).isZero();
    assertThat(tally.counts().chunks()).isZero();
    assertThat(tally.finishReasons()).isEmpty();
    assertThat(tally.ttftByAgent()).isEmpty();
    for (Metric metric : Metric.values()) {
      assertThat(tally.metric(metric).count()).as(metric.key()).isZero();
    }
  }

  @Test
  void aServerWithEverNewFinishReasonsDoesNotFillTheMemory() {
    LevelTally tally = tally(List.of());
    for (int i = 0; i < 1_000; i++) {
      tally.add(number(i).finish("reason " + i).build());
    }

    assertThat(tally.finishReasons()).hasSize(51).containsEntry("(others)", 950L);
  }

  @Test
  void keepsTheFirstErrorOfEachKind() {
    LevelTally tally =
        tally(
            List.of(
                failed(0, Outcome.TIMEOUT, "first").build(),
                failed(1, Outcome.TIMEOUT, "second").build(),
                failed(2, Outcome.RESET, "cut").build()));

    assertThat(tally.firstErrors())
        .isEqualTo(Map.of(Outcome.TIMEOUT, "first", Outcome.RESET, "cut"));
  }

  @Test
  void countsFinishReasonsAnswersByAgentAndWhatTheServerDidNotSay() {
    LevelTally tally =
        tally(
            List.of(
                number(0).agent("a").finish("stop").build(),
                number(1).agent("b").finish("length").uncounted().build(),
                number(2).agent("b").finish("stop").firstChunk(3).build()));

    assertThat(tally.finishReasons())
        .containsExactly(Map.entry("length", 1L), Map.entry("stop", 2L));
    assertThat(tally.ttftByAgent().get("a").count()).isEqualTo(1);
    assertThat(tally.ttftByAgent().get("b").count()).isEqualTo(2);
    assertThat(tally.uncounted()).isEqualTo(1);
    assertThat(tally.manyInFirst()).isEqualTo(1);
  }

  @Test
  void theOrderInWhichRecordsArriveDoesNotMatter() {
    List<RequestRecord> records = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      records.add(
          i % 7 == 0
              ? failed(i, Outcome.RESET, "cut").times(i * 3, 5, 40).build()
              : number(i)
                  .agent("a" + i % 3)
                  .times(i * 3, 5 + i % 11, 100 + i % 13)
                  .tokens(i, 2 + i % 5, 2)
                  .build());
    }
    LevelTally ordered = tally(records);
    Collections.shuffle(records, new Random(1));
    LevelTally shuffled = tally(records);

    assertThat(shuffled.counts()).isEqualTo(ordered.counts());
    assertThat(shuffled.window()).isEqualTo(ordered.window());
    assertThat(shuffled.finishReasons()).isEqualTo(ordered.finishReasons());
    for (Metric metric : Metric.values()) {
      assertThat(Quantiles.of(shuffled.metric(metric)))
          .as(metric.key())
          .isEqualTo(Quantiles.of(ordered.metric(metric)));
    }
  }
}
