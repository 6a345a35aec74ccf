package io.streamgauge.common.plan.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  private static final String HOST = "http://localhost:8000";

  @ParameterizedTest
  @CsvSource({"'', x", "a b, x", "a:b, x", "ä, x", "a, 'x\ny'", "a, 'x\ry'", "a, 'x\0y'"})
  void aHeaderThatWouldBreakTheRequestIsRefusedAndItsValueNotRepeated(String name, String value) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> new Target(HOST, Optional.empty(), Optional.empty(), Map.of(name, value)))
        .withMessage(
            "headers: %s: … is not valid, expected a header name and a value on one line", name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length",
        "content-length",
        "TRANSFER-ENCODING",
        "X-Request-Id",
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "Proxy-Authorization",
        "TE",
        "Trailer",
        "Upgrade",
        "Expect"
      })
  void aHeaderThatFramesTheRequestOrIsOursIsRefused(String name) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> new Target(HOST, Optional.empty(), Optional.empty(), Map.of(name, "1")))
        .withMessageStartingWith("headers: %s is not valid, expected none that frames", name);
  }

  @Test
  void aHeaderIsGivenOnceInWhateverCase() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(
            () ->
                new Target(
                    HOST, Optional.empty(), Optional.empty(), Map.of("X-Team", "a", "x-team", "b")))
        .withMessageEndingWith("expected each name once, in whatever case");
  }

  @Test
  void aKeyOfTwoLinesIsNotSent() {
    Target target = new Target(HOST, Optional.empty(), Optional.of("API_KEY"), Map.of());

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> target.headers(Optional.of("k\r\nX-Evil: 1")))
        .withMessageStartingWith("api_key_env: API_KEY: …");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two\nlines", "a\u001b[31m", "left\u202eright", "a\u2028b"})
  void aNameThatATerminalActsOnIsNone(String name) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> target(HOST).withModel(name))
        .withMessageContaining("on one line");
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> Name.check("name", name, "a text"))
        .withMessageContaining("on one line");
  }

  @Test
  void whatIsShownHasNoHeaderValues() {
    Target target =
        new Target(
            HOST,
            Optional.of("llama3"),
            Optional.of("API_KEY"),
            Map.of("Authorization", "Bearer secret", "X-Team", "blue"));

    assertThat(target.redacted())
        .isEqualTo(
            new Target(
                HOST,
                Optional.of("llama3"),
                Optional.of("API_KEY"),
                Map.of("Authorization", "(hidden)", "X-Team", "(hidden)")));
  }

  @Test
  void theModelCanBeSaidLater() {
    assertThat(target(HOST).withModel("llama3").model()).hasValue("llama3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void aModelHasAName(String model) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> target(HOST).withModel(model))
        .withMessage("model: \"%s\" is not valid, expected the name of a model", model);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1KEY", "MY-KEY", "MY KEY"})
  void theKeyIsNamedByAnEnvironmentVariable(String name) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> new Target(HOST, Optional.empty(), Optional.of(name), Map.of()))
        .withMessage(
            "api_key_env: %s is not valid, expected the name of an environment variable", name);
  }

  private static Target target(String url) {
    return new Target(url, Optional.empty(), Optional.empty(), Map.of());
  }
}
