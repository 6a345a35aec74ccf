package io.streamgauge.common.plan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.streamgauge.common.PlanException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalTest {
  @ParameterizedTest
  @MethodSource
  void aLawIsReadAndWritten(String text, Arrival arrival) {
    assertThat(Arrival.parse(text)).isEqualTo(arrival);
    assertThat(Arrival.parse(arrival.text())).isEqualTo(arrival);
  }

  static Stream<Arguments> aLawIsReadAndWritten() {
    return Stream.of(
        arguments("constant", new Arrival.Constant()),
        arguments("poisson", new Arrival.Poisson()),
        arguments("gamma:0.5", new Arrival.Gamma(0.5)),
        arguments("gamma:2", new Arrival.Gamma(2)),
        arguments("gamma:0.001", new Arrival.Gamma(0.001)),
        arguments("ramp:100", new Arrival.Ramp(100)),
        arguments("ramp:1E-5", new Arrival.Ramp(0.00001)),
        arguments("ramp:1000000", new Arrival.Ramp(1_000_000)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "uniform",
        "Poisson",
        "poisson:2",
        "constant:",
        "gamma",
        "gamma:",
        "gamma:x",
        "gamma:-1",
        "gamma:2f",
        "gamma:0x1p1",
        "gamma:NaN",
        "gamma: 2",
        "ramp",
        "ramp:-5",
        "ramp:Infinity"
      })
  void anythingElseIsRefused(String text) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> Arrival.parse(text))
        .withMessage(
            "arrival: %s is not valid, expected constant, poisson, gamma:CV, ramp:TO,"
                + " replay:FILE or trace",
            text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gamma:0", "gamma:1E-200", "gamma:101", "ramp:0", "ramp:1000001"})
  void aNumberOutOfRangeIsRefused(String text) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> Arrival.parse(text))
        .withMessageStartingWith("arrival: " + text.substring(0, text.indexOf(':') + 1));
  }
}
