package io.streamgauge.common.plan.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.streamgauge.common.PlanException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelMixTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A,B           | 0.5",
        "A@0.8,B@0.2   | 0.8",
        "A@.1, B@0.9   | 0.1",
        "A,B,C,D       | 0.25",
        "@cf/m@0.3,x@0.7 | 0.3"
      })
  void theFirstModelGetsItsShareOfFewRequestsAndOfMany(String text, double share) {
    ModelMix mix = ModelMix.of(text).orElseThrow();

    for (long seed = 0; seed < 20; seed++) {
      assertThat(first(mix, seed, 20)).isCloseTo(share, within(0.1));
      assertThat(first(mix, seed, 10_000)).isCloseTo(share, within(0.001));
    }
  }

  private static double first(ModelMix mix, long seed, long requests) {
    return LongStream.range(0, requests).filter(i -> mix.modelOf(seed, i) == 0).count()
        / (double) requests;
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "A@0.8", "claude@20240620", "@cf/meta/llama", "org/model:7b"})
  void oneModelMayBeCalledAnything(String name) {
    assertThat(ModelMix.of(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A,",
        ",A",
        "A,A",
        "A@0.5,B",
        "A@0.5,B@0.4",
        "A@0,B@1",
        "A@80,B@20",
        "A@80%,B@20%",
        "A@0.5,A@0.5"
      })
  void sharesThatDoNotAddUpAreRefused(String text) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> ModelMix.of(text))
        .withMessageStartingWith("model: " + text + " is not valid, expected names of models");
  }

  @Test
  void sharesThatDoNotAddUpAreToldWithWhatTheyAddUpTo() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> ModelMix.of("A@0.5,B@0.4"))
        .withMessageEndingWith("; these are shares of 2 of 2 models, 0.9 in all");
  }
}
