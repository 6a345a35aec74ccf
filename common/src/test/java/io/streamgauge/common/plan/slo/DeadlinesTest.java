package io.streamgauge.common.plan.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.plan.PlanFile;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlinesTest {
  private static Deadlines of(String fluidity, String... objectives) {
    Slos slos = new Slos(Arrays.stream(objectives).map(Slo::parse).toList());
    String limits = slos.limits().toString().replace("=", ": ");
    return PlanFile.parse(
            "plan.yaml",
            "backends: [{engine: sim}]\nlevels: [{rate: 1}]\nslo: %s\n%s"
                .formatted(limits, fluidity))
        .answerOptions()
        .deadlines();
  }

  @Test
  void thePlanSetsThemWhateverItsObjectives() {
    assertThat(of("fluidity: {first_token: 2s, token: 30ms}", "ttft_p99=500ms", "itl_p99=40ms"))
        .isEqualTo(Deadlines.parse("2s,30ms"));
  }

  @Test
  void withoutThemTheLoosestObjectivesAreWhatAReaderWasPromised() {
    assertThat(of("", "ttft_p50=200ms", "ttft_p99=500ms", "itl_p99=40ms", "tpot_p99=60ms"))
        .isEqualTo(Deadlines.parse("500ms,40ms"));
    assertThat(of("", "tpot_mean=60ms")).isEqualTo(Deadlines.parse("100ms,60ms"));
  }

  @Test
  void whereNothingWasPromisedTheyAreTheUsualOnes() {
    assertThat(of("", "e2e_p99=5s")).isEqualTo(Deadlines.DEFAULT);
  }

  @Test
  void aReaderWaitsNoLongerThanAnHour() {
    assertThat(of("", "ttft_p99=2h").firstToken()).hasHours(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"500ms", "500ms,50ms,1ms", "500,50ms", "500ms,", "0s,50ms", "2h,1ms"})
  void whatIsNoPairOfDeadlinesIsRefused(String text) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> Deadlines.parse(text))
        .withMessageStartingWith("fluidity");
  }
}
