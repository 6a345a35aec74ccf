package io.streamgauge.common.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.OpenLoop;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LevelTest {
  @ParameterizedTest
  @CsvSource({
    "{concurrency: 20}, c20",
    "{rate: 10}, r10",
    "{rate: 0.5}, r0.5",
    "{rate: 1000000}, r1000000",
    "'{rate: 10, name: peak}', peak",
  })
  void aLevelIsNamedByItsLoadUnlessItHasAName(String form, String name)
      throws JsonProcessingException {
    assertThat(level(form).name()).isEqualTo(name);
  }

  @Test
  void anOpenLoopIsPoissonUnlessItSaysOtherwise() throws JsonProcessingException {
    assertThat(level("{rate: 10}").load())
        .isEqualTo(new OpenLoop(10, new Arrival.Poisson(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{concurrency: 20}",
        "{concurrency: 20, ramp: 5s, requests: 7, duration: 60s, warmup: true, name: x}",
        "{concurrency: 20, warmup: auto, name: x}",
        "{rate: 20, warmup: auto, duration: 10s, name: x}",
        "{rate: 0.5}",
        "{rate: 10, arrival: 'ramp:20', duration: 60s, max_concurrency: 3}",
      })
  void aLevelIsReadAsItIsWritten(String form) throws JsonProcessingException {
    Level level = level(form);

    assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(level), Level.class))
        .isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: x}                                | level x: expected either concurrency or rate,"
            + " neither is given",
        "{concurrency: 1, rate: 1}                | level without name: expected either concurrency"
            + " or rate, both are given",
        "{concurrency: 1, arrival: poisson}       | arrival: poisson is not valid, expected none"
            + " without rate",
        "{concurrency: 1, max_concurrency: 2}     | max_concurrency: 2 is not valid, expected none"
            + " without rate",
        "{rate: 1, ramp: 5s}                      | ramp: 5s is not valid, expected none without"
            + " concurrency",
        "{rate: 1, arrival: 'ramp:5'}             | arrival: ramp:5.0 is not valid, expected"
            + " requests or duration beside a ramp",
        "{rate: 1, warmup: auto, requests: 5}     | requests: 5 is not valid, expected none beside"
            + " warmup: auto, which a duration bounds",
        "{rate: 1, warmup: soon}                  | warmup: soon is not valid, expected true, false"
            + " or auto",
        "{rate: 1, name: a b}                     | name: a b is not valid, expected 1 to 64"
            + " letters, digits, dots, dashes or underscores",
        "{rate: 0}                                | rate: 0.0 is not valid, expected requests per"
            + " second, above 0 and at most 1000000",
        "{rate: -1}                               | rate: -1.0 is not valid, expected requests per"
            + " second, above 0 and at most 1000000",
        "{rate: 1000001}                          | rate: 1000001.0 is not valid, expected requests"
            + " per second, above 0 and at most 1000000",
        "{rate: 1, max_concurrency: 0}            | max_concurrency: 0 is not valid, expected a"
            + " number from 1",
        "{concurrency: 0}                         | concurrency: 0 is not valid, expected a number"
            + " from 1 to 1000000",
        "{concurrency: 1000001}                   | concurrency: 1000001 is not valid, expected a"
            + " number from 1 to 1000000",
      })
  void aFieldThatIsWrongOrOutOfPlaceIsNamed(String form, String problem) {
    assertThatExceptionOfType(JsonMappingException.class)
        .isThrownBy(() -> level(form))
        .havingCause()
        .isInstanceOf(PlanException.class)
        .withMessage(problem);
  }

  @ParameterizedTest
  @CsvSource({"1, PT0.001S", "20, PT0.02S", "10000, PT10S", "1000000, PT10S"})
  void aClosedLoopOpensOneUserAMillisecondButWithinTenSeconds(int users, Duration opening) {
    assertThat(new ClosedLoop(users, Optional.empty()).opening()).isEqualTo(opening);
    assertThat(new ClosedLoop(users, Optional.of(Duration.ofSeconds(3))).opening()).hasSeconds(3);
  }

  private static Level level(String form) throws JsonProcessingException {
    return Json.YAML.readValue(form, Level.class);
  }
}
