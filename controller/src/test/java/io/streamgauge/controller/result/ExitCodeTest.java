package io.streamgauge.controller.result;

import static io.streamgauge.controller.SampleRequest.failed;
import static io.streamgauge.controller.SampleRequest.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.SampleResult;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {

  /** A level of {@code ok} answers and {@code failures}; the plan bears 1 % of failures. */
  private static LevelResult level(int ok, int failures, boolean sloMet, boolean valid) {
    SampleLevel sample = SampleLevel.closed(1, 1);
    for (int i = 0; i < ok; i++) {
      sample.add(number(i).build());
    }
    for (int i = 0; i < failures; i++) {
      sample.add(failed(ok + i, Outcome.RESET, "cut").build());
    }
    LevelResult level = sample.result(sloMet ? "ttft_max=20ms" : "ttft_max=19ms");
    return new LevelResult(
        level.name(),
        level.load(),
        level.metrics(),
        level.steadyState(),
        level.client(),
        level.slo(),
        level.goodput(),
        level.startSpreadMs(),
        level.lostAgents(),
        level.gpu(),
        level.gpuTotal(),
        level.engine(),
        new Validity(valid, level.validity().workload(), level.validity().findings()));
  }

  @ParameterizedTest(name = "{0}, {1} ok, {2} failed, SLO met {3}, valid {4}: {5}")
  @CsvSource({
    "COMPLETED,   100, 0, true,  true,  0",
    "DEGRADED,    100, 0, true,  true,  0",
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
    "3, 4, 4",
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
