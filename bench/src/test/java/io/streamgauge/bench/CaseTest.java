package io.streamgauge.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CaseTest {
  @Test
  void allCasesAreRunWhenNoneIsNamed() {
    assertThat(Case.named(List.of())).isEqualTo(Case.ALL);
  }

  @Test
  void namedCasesAreRunInTheOrderOfTheTable() {
    assertThat(Case.named(List.of("blast", "streams-100")))
        .extracting(Case::name)
        .containsExactly("streams-100", "blast");
  }

  @Test
  void anUnknownNameIsRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> Case.named(List.of("blasts")))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("blasts")
        .hasMessageContaining("open-500");
  }
}
