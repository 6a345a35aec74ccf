package io.streamgauge.controller.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.common.PlanException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CollectorTest {
  @Test
  void theOptionGoesBeforeTheVariableAndThatBeforeTheUsualPlace() {
    Map<String, String> variable = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "https://b:4318/otlp/");

    assertThat(Collector.of("http://a:1", variable).base()).isEqualTo("http://a:1");
    assertThat(Collector.of("", variable).base()).isEqualTo("https://b:4318/otlp");
    assertThat(Collector.of("", Map.of()).base()).isEqualTo("http://localhost:4318");
  }

  @Test
  void whatIsWrongIsNamedAndNoHeaderIsShown() {
    assertThatThrownBy(() -> Collector.of("collector:4318", Map.of()))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("otlp: collector:4318 is not valid, expected an http or https URL");
    assertThatThrownBy(() -> Collector.of("https://u:secret@h/?key=secret", Map.of()))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("OTEL_EXPORTER_OTLP_HEADERS")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(
            () -> Collector.of("", Map.of("OTEL_EXPORTER_OTLP_HEADERS", "Bearer secret")))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("OTEL_EXPORTER_OTLP_HEADERS")
        .hasMessageNotContaining("secret");
    assertThat(
            Collector.of("", Map.of("OTEL_EXPORTER_OTLP_HEADERS", "authorization=secret"))
                .toString())
        .doesNotContain("secret");
  }
}
