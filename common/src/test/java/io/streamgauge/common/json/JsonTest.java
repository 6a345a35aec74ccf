package io.streamgauge.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  record Sample(int firstNumber, Optional<String> note, Optional<Instant> at) {}

  @Test
  void namesAreSnakeCaseAndWhatIsAbsentIsLeftOut() throws JsonProcessingException {
    Sample sample =
        new Sample(1, Optional.empty(), Optional.of(Instant.parse("2026-02-01T14:30:00.5Z")));

    String json = Json.MAPPER.writeValueAsString(sample);

    assertThat(json).isEqualTo("{\"first_number\":1,\"at\":\"2026-02-01T14:30:00.500Z\"}");
    assertThat(Json.MAPPER.readValue(json, Sample.class)).isEqualTo(sample);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"first_number\": null}",
        "{\"first_number\": 1.5}",
        "{\"first_number\": \"1\"}",
        "{\"first_number\": \"\"}",
        "{\"first_number\": true}",
        "{\"first_number\": 1, \"second\": 2}",
        "{\"first_number\": 1, \"first_number\": 1}",
        "{\"first_number\": 1} {}",
        "{\"first_number\": 1, \"at\": \"yesterday\"}",
      })
  void whatIsMissingUnknownDoubleOrOfAnotherTypeIsRefused(String json) {
    assertThatExceptionOfType(JsonProcessingException.class)
        .isThrownBy(() -> Json.MAPPER.readValue(json, Sample.class));
  }
}
