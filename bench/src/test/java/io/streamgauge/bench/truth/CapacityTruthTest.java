package io.streamgauge.bench.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.controller.result.capacity.Capacity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code run --find} says of servers in virtual time whose capacity is known. */
class CapacityTruthTest {
  private static final int SEEDS = 20;

  static Stream<Named<CapacityTruth>> truths() {
    return Stream.of(
        Named.of("a rate", CapacityTruth.rate(8, "ttft_p90=500ms", 1_200, 300)),
        Named.of("users", CapacityTruth.concurrency(8, "ttft_p90=400ms", 1_200, 300)));
  }

  @ParameterizedTest
  @MethodSource("truths")
  void theIntervalHoldsTheTruthInNineteenOfTwentySearches(CapacityTruth truth) {
    List<Capacity> found = truth.run(SEEDS);

    assertThat(found).filteredOn(truth::holds).hasSizeGreaterThanOrEqualTo(SEEDS * 19 / 20);
    assertThat(found)
        .allSatisfy(
            one -> {
              assertThat(one.passesUpTo()).as("a load that passes").isPresent();
              assertThat(one.failsFrom()).as("a load that fails").isPresent();
              assertThat(one.seconds()).as("the time that it took").isLessThan(1_500);
            });
  }
}
