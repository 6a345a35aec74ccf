package io.streamgauge.common.plan.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.measure.Metric;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SloTest {
  private static final Slos TWO =
      new Slos(List.of(Slo.parse("ttft_p99=500ms"), Slo.parse("itl_p999=50ms")));

  @ParameterizedTest
  @CsvSource({
    "ttft_p99=500ms, TTFT, P99, PT0.5S",
    "ttft_due_p95=1s, TTFT_DUE, P95, PT1S",
    "e2e_max=5m, E2E, MAX, PT5M",
    "tpot_after_first_mean=20ms, TPOT_AFTER_FIRST, MEAN, PT0.02S",
    "itl_p999 = 50ms, ITL, P999, PT0.05S",
  })
  void anObjectiveIsAMetricAStatisticAndALimit(
      String text, Metric metric, Slo.Statistic statistic, Duration limit) {
    assertThat(Slo.parse(text)).isEqualTo(new Slo(metric, statistic, limit));
  }

  @Test
  void everyMetricAndStatisticIsReadAsItIsWritten() {
    for (Metric metric : Metric.values()) {
      for (Slo.Statistic statistic : Slo.Statistic.values()) {
        Slo slo = new Slo(metric, statistic, Duration.ofMillis(5));

        assertThat(Slo.parse(slo.objective() + "=5ms")).isEqualTo(slo);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ttft", "ttft_p99", "ttft=1s", "p99=1s", "ttft_p42=1s", "ttf_p99=1s", "=1s"})
  void anythingElseIsRefusedWithAnExample(String text) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> Slo.parse(text))
        .withMessageStartingWith("slo: ")
        .withMessageContaining(text.replace("=1s", ""))
        .withMessageContaining("such as ttft_p99=500ms");
  }

  @ParameterizedTest
  @CsvSource({
    "ttft_p99=500, slo.ttft_p99: 500 is not valid",
    "ttft_p99=, slo.ttft_p99:  is not valid",
    "ttft_p99=0s, slo.ttft_p99: 0s is not valid",
  })
  void aLimitIsADurationAboveZero(String text, String problem) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> Slo.parse(text))
        .withMessageStartingWith(problem);
  }

  @Test
  void objectivesTravelAsAMappingInTheirOrder() throws JsonProcessingException {
    String json = Json.MAPPER.writeValueAsString(TWO);

    assertThat(json).isEqualTo("{\"ttft_p99\":\"500ms\",\"itl_p999\":\"50ms\"}");
    assertThat(Json.MAPPER.readValue(json, Slos.class)).isEqualTo(TWO);
  }

  @Test
  void anObjectiveHasOneLimit() {
    List<Slo> twice = List.of(Slo.parse("ttft_p99=500ms"), Slo.parse("ttft_p99=1s"));

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> new Slos(twice))
        .withMessage("slo.ttft_p99: 1s is not valid, expected one limit for an objective");
  }
}
