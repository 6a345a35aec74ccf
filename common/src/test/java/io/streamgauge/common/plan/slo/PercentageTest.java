package io.streamgauge.common.plan.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentageTest {
  @ParameterizedTest
  @ValueSource(strings = {"0%", "1%", "0.5%", "99.999999%", "100%"})
  void itIsWrittenAsItIsRead(String text) {
    assertThat(Percentage.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "%", "-1%", "0.01", "1 %", "100.1%", "101%", "1e1%", ".5%"})
  void anythingElseIsRefused(String text) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> Percentage.parse(text))
        .withMessageStartingWith("max_failed: %s is not valid", text)
        .withMessageContaining("a share from 0% to 100%");
  }

  @ParameterizedTest
  @CsvSource({
    "1%, 1, 100, false",
    "1%, 2, 100, true",
    "1%, 1, 99, true",
    "0%, 0, 10, false",
    "0%, 1, 1000000, true",
    "100%, 10, 10, false",
    "0.1%, 1, 1000, false",
    "0.1%, 1, 999, true",
    "1%, 0, 0, false",
  })
  void aPartExceedsItWhenItIsMoreThanTheShareToTheLastRequest(
      String share, long part, long whole, boolean exceeded) {
    assertThat(Percentage.parse(share).exceededBy(part, whole)).isEqualTo(exceeded);
  }
}
