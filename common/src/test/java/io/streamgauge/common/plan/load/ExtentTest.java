package io.streamgauge.common.plan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtentTest {
  @Test
  void withoutAWordItIsEachPromptOnce() {
    assertThat(Extent.EACH_PROMPT_ONCE.orEachPromptOnce(18)).isEqualTo(Extent.of(18));
  }

  @Test
  void whatWasSaidHolds() {
    Extent both = new Extent(Optional.of(5L), Optional.of(Duration.ofSeconds(30)));

    assertThat(both.orEachPromptOnce(18)).isEqualTo(both);
    assertThat(Extent.of(5).orEachPromptOnce(18)).isEqualTo(Extent.of(5));
    assertThat(Extent.of(Duration.ofSeconds(30)).orEachPromptOnce(18))
        .isEqualTo(Extent.of(Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void requestsCountFromOne(long requests) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> Extent.of(requests))
        .withMessage("requests: %d is not valid, expected a number from 1", requests);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -5})
  void aDurationIsAboveZero(long seconds) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> Extent.of(Duration.ofSeconds(seconds)))
        .withMessage("duration: %ds is not valid, expected a duration above 0", seconds);
  }
}
