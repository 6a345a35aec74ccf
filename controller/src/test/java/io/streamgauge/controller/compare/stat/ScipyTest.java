package io.streamgauge.controller.compare.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An independent implementation says the same of twenty inputs; by_scipy.py has made its values.
 */
class ScipyTest {
  static Stream<JsonNode> inputs() throws IOException {
    JsonNode all = Json.MAPPER.readTree(Path.of("src/test/resources/compare/scipy.json").toFile());
    return StreamSupport.stream(all.get("inputs").spliterator(), false);
  }

  private static double[] numbers(JsonNode input, String field) {
    return Json.MAPPER.convertValue(input.get(field), double[].class);
  }

  private static long[] lengths(JsonNode input, String field) {
    return Json.MAPPER.convertValue(input.get(field), long[].class);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void theIntervalAndItsProbabilityAreThoseOfWelch(JsonNode input) {
    Difference difference =
        Difference.of(
            Estimate.ofUnits(numbers(input, "before")), Estimate.ofUnits(numbers(input, "after")));
    Map<String, Double> ours =
        Map.of(
            "low",
            difference.value() - difference.reach(0.95),
            "high",
            difference.value() + difference.reach(0.95),
            "p",
            difference.p());
    ours.forEach(
        (name, value) ->
            assertThat(value).as(name).isCloseTo(input.get(name).doubleValue(), within(1e-9)));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void allDealsGiveTheSameProbability(JsonNode input) {
    Permutation permutation = Permutation.of(numbers(input, "before"), numbers(input, "after"), 1);
    assertThat(permutation.exact()).isTrue();
    assertThat(permutation.p())
        .isCloseTo(input.get("permutation").doubleValue(), within(1e-12))
        .isGreaterThanOrEqualTo(permutation.least());
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void lengthsAreAsFarApart(JsonNode input) {
    assertThat(Lengths.distance(lengths(input, "lengths_before"), lengths(input, "lengths_after")))
        .isCloseTo(input.get("distance").doubleValue(), within(1e-12));
  }

  /** Both draw at random, so they agree as far as draws do; ours makes up for few blocks. */
  @ParameterizedTest
  @MethodSource("inputs")
  void blocksVaryAsMuch(JsonNode input) {
    double[] amounts = numbers(input, "amounts");
    Estimate estimate =
        BlockBootstrap.logarithm(Blocks.ratio(amounts, numbers(input, "weights")), 1).orElseThrow();
    double k = amounts.length;
    assertThat(Math.sqrt(estimate.variance() * (k - 1) / k))
        .isCloseTo(input.get("block_error").doubleValue(), withinPercentage(6));
    assertThat(estimate.freedom()).isEqualTo(k - 1);
  }
}
