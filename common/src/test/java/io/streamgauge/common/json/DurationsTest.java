package io.streamgauge.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.PlanException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "250us, PT0.00025S",
    "250ms, PT0.25S",
    "30s, PT30S",
    "1.5s, PT1.5S",
    "0.1ms, PT0.0001S",
    "5m, PT5M",
    "0.5h, PT30M",
    "2h, PT2H",
    "0s, PT0S",
    "0.0004us, PT0S",
    "0.0006us, PT0.000000001S",
    "' 30s ', PT30S",
  })
  void aNumberWithAUnitIsADuration(String text, Duration duration) {
    assertThat(Durations.parse("timeout", text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "250", "ms", "-5s", "+5s", "5 s", "1d", "5S", "1e3s", "0x5s", ".5s", "5.s", "1s2s"
      })
  void anythingElseIsRefusedWithItsFieldAndValue(String text) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> Durations.parse("timeout", text))
        .withMessage(
            "timeout: %s is not valid, expected a duration with its unit such as 250ms, 30s or 5m",
            text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9999999999h", "9223372037s", "9999999999999999s"})
  void aDurationBeyondNanosecondsInALongIsRefused(String text) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> Durations.parse("timeout", text))
        .withMessage("timeout: %s is not valid, expected a duration below 292 years", text);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.000000001S, 0.001us",
    "PT0.0000015S, 1.5us",
    "PT0.00025S, 250us",
    "PT0.25S, 250ms",
    "PT1.5S, 1500ms",
    "PT90S, 90s",
    "PT120S, 2m",
    "PT24H, 24h",
    "PT12.345678901S, 12345678.901us",
    "PT-5S, -5s",
  })
  void aDurationIsWrittenInTheLargestUnitThatDividesIt(Duration duration, String text) {
    assertThat(Durations.format(duration)).isEqualTo(text);
  }

  @Test
  void whatIsWrittenIsReadBackExactly() {
    SplittableRandom random = new SplittableRandom(1);
    LongStream nanos =
        LongStream.concat(
            LongStream.of(0, 1, 999, Long.MAX_VALUE),
            LongStream.range(0, 63).flatMap(bits -> random.longs(50, 0, 1L << bits)));

    assertThat(nanos.mapToObj(Duration::ofNanos))
        .allSatisfy(
            duration ->
                assertThat(Durations.parse("d", Durations.format(duration))).isEqualTo(duration));
  }

  @Test
  void aDurationTravelsAsText() throws JsonProcessingException {
    assertThat(Json.MAPPER.writeValueAsString(Duration.ofSeconds(30))).isEqualTo("\"30s\"");
    assertThat(Json.MAPPER.readValue("\"30s\"", Duration.class)).hasSeconds(30);
  }
}
