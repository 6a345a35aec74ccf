package io.streamgauge.controller.result;

import static io.streamgauge.controller.SampleRequest.failed;
import static io.streamgauge.controller.SampleRequest.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.SampleResult;
import io.streamgauge.controller.result.finding.Validity;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {

  /** A level of {@code ok} answers and {@code failures}; the plan bears 1 % of failures. */
  private static LevelResult level(int ok, int failures, boolean sloMet, boolean valid) {
    return level(SampleLevel.closed(1, 1), ok, failures, sloMet, valid);
  }

  private static LevelResult level(
      SampleLevel sample, int ok, int failures, boolean sloMet, boolean valid) {
    for (int i = 0; i < ok; i++) {
      sample.add(number(i).build());
    }
    for (int i = 0; i < failures; i++) {
      sample.add(failed(ok + i, Outcome.RESET, "cut").build());
    }
    LevelResult level = sample.result(sloMet ? "ttft_p90=20ms" : "ttft_p90=19ms");
    return new LevelResult(
        level.name(),
        level.load(),
        level.metrics(),
        level.models(),
        level.sessions(),
        level.steadyState(),
        level.client(),
        level.slo(),
        level.goodput(),
        level.startSpreadMs(),
        level.lostAgents(),
        level.gpu(),
        level.gpuTotal(),
        level.engine(),
        level.replay(),
        level.attainment(),
        new Validity(
            valid,
            level.validity().metrics(),
            level.validity().workload(),
            level.validity().findings()),
        level.tokens());
  }

  @ParameterizedTest(name = "{0}, {1} ok, {2} failed, SLO met {3}, valid {4}: {5}")
  @CsvSource({
    "COMPLETED,   100, 0, true,  true,  0",
    "COMPLETED,    99, 1, true,  true,  0",
    "COMPLETED,    98, 2, true,  true,  1",
    "COMPLETED,     0, 1, true,  true,  1",
    "FAILED,      100, 0, true,  true,  1",
    "COMPLETED,   100, 0, false, true,  3",
    "COMPLETED,   100, 0, true,  false, 4",
    "COMPLETED,   100, 0, false, false, 4",
    "COMPLETED,    98, 2, false, false, 1",
    "FAILED,       98, 2, false, false, 1",
    "INTERRUPTED, 100, 0, true,  true,  130",
    "INTERRUPTED,  98, 2, false, false, 130",
    "CANCELLED,   100, 0, true,  true,  130",
  })
  void theGravestThingDecides(
      RunStatus status, int ok, int failures, boolean sloMet, boolean valid, int code) {
    LevelResult level = level(ok, failures, sloMet, valid);

    assertThat(ExitCode.of(SampleResult.of(status, Optional.empty(), level))).isEqualTo(code);
  }

  @ParameterizedTest(name = "{0} failed, SLO met {1}, valid {2}: {3}")
  @CsvSource({"0, true, true, 5", "0, false, true, 5", "0, true, false, 5", "2, true, true, 1"})
  void whereLoadWasLostTheRunIsDoneInPart(int failures, boolean sloMet, boolean valid, int code) {
    LevelResult degraded =
        level(SampleLevel.closed(2, 1).lost("b", 6.1, 0.5), 98, failures, sloMet, valid);

    assertThat(ExitCode.of(SampleResult.of(RunStatus.DEGRADED, Optional.empty(), degraded)))
        .isEqualTo(code);
  }

  @Test
  void anAgentThatWasLostBeforeTheStartTookNoLoadWithIt() {
    assertThat(
            ExitCode.of(
                SampleResult.of(
                    level(SampleLevel.closed(2, 1).lost("b", 0, 0), 98, 0, true, true))))
        .isZero();
  }

  @Test
  void whatMeasuredNothingOrEndedEarlyFailed() {
    LevelResult good = level(100, 0, true, true);

    assertThat(ExitCode.of(SampleResult.of())).isEqualTo(1);
    assertThat(ExitCode.of(SampleResult.of(good, SampleLevel.closed(1, 1).result()))).isEqualTo(1);
    assertThat(
            ExitCode.of(
                SampleResult.of(
                    level(SampleLevel.closed(1, 1).stopped("gave up"), 9, 0, true, false))))
        .isEqualTo(1);
  }

  @Test
  void whatWasDroppedMakesNoFailureRarer() {
    SampleLevel mostlyDropped =
        SampleLevel.open(10, Optional.of(1), 1_000)
            .client("a", SampleLevel.client(SampleLevel.millis(0.01), 100, 900, 0, 0));

    assertThat(ExitCode.of(SampleResult.of(level(mostlyDropped, 95, 5, true, true)))).isEqualTo(1);
  }

  @Test
  void oneBadLevelIsEnough() {
    LevelResult good = level(100, 0, true, true);

    assertThat(ExitCode.of(SampleResult.of(good, level(98, 2, true, true)))).isEqualTo(1);
    assertThat(ExitCode.of(SampleResult.of(good, level(100, 0, true, false)))).isEqualTo(4);
    assertThat(ExitCode.of(SampleResult.of(level(100, 0, false, true), good))).isEqualTo(3);
  }

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({
    "0, 0, 0",
    "0, 3, 3",
    "3, 5, 5",
    "4, 5, 5",
    "3, 4, 4",
    "5, 1, 1",
    "4, 1, 1",
    "1, 2, 2",
    "2, 130, 130",
    "3, 1, 1",
    "0, 130, 130",
  })
  void theWorstOfTwoIsTheGraver(int a, int b, int worst) {
    assertThat(ExitCode.worst(a, b)).isEqualTo(worst);
    assertThat(ExitCode.worst(b, a)).isEqualTo(worst);
  }
}
