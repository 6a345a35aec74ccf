package io.streamgauge.controller.result.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.plan.PlanFile;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.SampleRequest;
import io.streamgauge.controller.SampleResult;
import io.streamgauge.controller.report.console.ConsoleReport;
import io.streamgauge.controller.result.ExitCode;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the levels of a search come to, in words and as an exit code. */
class CapacityAnswerTest {
  private static RunResult search(LevelResult... levels) {
    RunResult plain = SampleResult.of(levels);
    return new RunResult(
        plain.run(),
        PlanFile.parse(
            "test",
            """
            backends: [{engine: sim}]
            levels: [{concurrency: 1}]
            slo: {ttft_p90: 1s}
            find: {load: concurrency}
            """),
        plain.environment(),
        plain.levels());
  }

  private static LevelResult level(int users, Proof proof) {
    SampleLevel level = SampleLevel.closed(users, 10);
    for (int i = 0; i < 10; i++) {
      level.add(SampleRequest.number(i).times(0, 100, 1_000).tokens(20, 10, 10).build());
    }
    return level.result(Optional.of(said(proof)));
  }

  private static Attainment said(Proof proof) {
    return new Attainment(
        List.of(new ObjectiveTest("ttft_p90", 0.9, 200, 9, 1.5, proof)), 30, 95.2);
  }

  @Test
  void bothEndsOfTheIntervalAreTold() {
    RunResult found = search(level(4, Proof.PASSES), level(8, Proof.FAILS), level(4, Proof.PASSES));

    assertThat(ConsoleReport.brief(found))
        .contains(
            "Capacity:       proved to pass up to 4 users (twice, the second time in a fresh"
                + " window), proved to fail from 8 users; at 95 % confidence each, in 90 s over 3"
                + " levels");
    assertThat(ExitCode.of(found)).isEqualTo(ExitCode.DONE);
  }

  @Test
  void whatWasProvedOnceIsNotCalledTwice() {
    assertThat(ConsoleReport.brief(search(level(4, Proof.PASSES))))
        .contains(
            "proved to pass up to 4 users (once: no time was left to test it again), none is proved"
                + " to fail");
  }

  @Test
  void aServerThatRefusesAllFailsAndTheClientIsNotBlamed() {
    SampleLevel refused = SampleLevel.closed(1, 10);
    for (int i = 0; i < 10; i++) {
      refused.add(SampleRequest.failed(i, Outcome.SERVER_ERROR, "overloaded").build());
    }
    RunResult found = search(refused.result(Optional.of(said(Proof.FAILS))));

    assertThat(ConsoleReport.brief(found))
        .contains("no load is proved to pass, proved to fail from 1 users;")
        .doesNotContain("the client was the limit");
    assertThat(ExitCode.of(found)).isEqualTo(ExitCode.SLO_MISSED);
  }

  @Test
  void aLevelThatWasCutShortIsNoAnswerAndNotTheClientsLimit() {
    RunResult found =
        search(
            level(1, Proof.PASSES),
            SampleLevel.closed(2, 10)
                .add(SampleRequest.number(0).times(0, 100, 1_000).tokens(20, 10, 10).build())
                .lost("b", 3, 0.5)
                .result(Optional.of(said(Proof.FAILS))));

    assertThat(ConsoleReport.brief(found))
        .contains("none is proved to fail;", "cut short")
        .doesNotContain("the client was the limit");
  }

  @Test
  void withoutALoadThatPassesTheObjectivesAreMissed() {
    RunResult found = search(level(1, Proof.UNDECIDED), level(2, Proof.FAILS));

    assertThat(ConsoleReport.brief(found))
        .contains(
            "no load is proved to pass, proved to fail from 2 users",
            "Too short:      c1 kept the objectives; to prove it a level takes 96 s or more: give"
                + " that as --duration, or a longer --within");
    assertThat(ExitCode.of(found)).isEqualTo(ExitCode.SLO_MISSED);
  }
}
