package io.streamgauge.common.plan.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestShapeTest {
  @ParameterizedTest
  @CsvSource({"100, 50, 100", "100, , 100", ", 50, 50", ", , 256"})
  void thePlansLimitComesBeforeThePromptsAndThatBeforeTheDefault(
      Integer ofPlan, Integer ofPrompt, int limit) {
    RequestShape shape = shape(Optional.ofNullable(ofPlan), Duration.ofSeconds(1));

    assertThat(shape.maxTokens(Optional.ofNullable(ofPrompt))).isEqualTo(limit);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          100 |
          0   | max_tokens=null
          500 | max_tokens=500
          700 | max_completion_tokens=700
          0   | max_tokens=null,stop=x
          400 | n=4
          """)
  void theLimitThatIsSentIsTheOneOfTheWholeBody(long limit, String fields) {
    RequestShape shape =
        new RequestShape(
            ApiEndpoint.CHAT,
            Optional.of(100),
            false,
            Duration.ofSeconds(1),
            Optional.ofNullable(fields).map(text -> BodyFields.parse(List.of(text.split(",")))),
            Optional.empty());

    assertThat(shape.tokenLimit(Optional.empty())).isEqualTo(limit);
  }

  @Test
  void byDefaultItIsAChatOfTenMinutesAtMost() {
    assertThat(RequestShape.DEFAULT)
        .isEqualTo(
            new RequestShape(ApiEndpoint.CHAT, Optional.empty(), false, Duration.ofMinutes(10)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 10_000_001})
  void theLimitIsInRange(int max) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> shape(Optional.of(max), Duration.ofSeconds(1)))
        .withMessage("max_tokens: %d is not valid, expected a number from 1 to 10000000", max);
  }

  @Test
  void theTimeoutIsAboveZero() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> shape(Optional.empty(), Duration.ZERO))
        .withMessage("timeout: 0s is not valid, expected a duration above 0");
  }

  private static RequestShape shape(Optional<Integer> maxTokens, Duration timeout) {
    return new RequestShape(ApiEndpoint.CHAT, maxTokens, false, timeout);
  }
}
