package io.streamgauge.common.plan.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorLimitTest {
  @ParameterizedTest
  @ValueSource(strings = {"2%", "0.5%", "1000%", "off"})
  void isWrittenAsItIsRead(String text) {
    assertThat(ErrorLimit.parse(text).text()).isEqualTo(text);
  }

  @Test
  void isAShareThatVoids() {
    assertThat(ErrorLimit.parse("0.5%").share()).isEqualTo(0.005);
    assertThat(ErrorLimit.parse("0.5%").voids()).isTrue();
  }

  @Test
  void offStillTellsTheErrorByTheDefaultShare() {
    assertThat(ErrorLimit.OFF.voids()).isFalse();
    assertThat(ErrorLimit.OFF.share()).isEqualTo(0.02);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "0%", "-1%", "%", "none", "2 %", "1e3%"})
  void whatIsNoShareIsRefusedByName(String text) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> ErrorLimit.parse(text))
        .withMessageStartingWith("max_client_error: %s is not valid", text);
  }
}
