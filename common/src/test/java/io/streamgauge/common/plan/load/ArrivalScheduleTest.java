package io.streamgauge.common.plan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArrivalScheduleTest {
  private static final Extent FORTY_SECONDS = Extent.of(Duration.ofSeconds(40));
  private static final String[] RANDOM_LAWS = {"poisson", "gamma:0.5", "gamma:2", "ramp:300"};

  @ParameterizedTest
  @CsvSource({
    "10,     1_000_000, 100_000_000_000_000",
    "3,      1_000_000, 333_333_333_333_333",
    "7,      1_000_000, 142_857_142_857_143",
    "0.1,    1_000_000, 10_000_000_000_000_000",
    "4,      0,         0",
    "4,      1,         250_000_000",
  })
  void constantArrivalsDoNotDrift(double rate, String request, String due) {
    ArrivalSchedule schedule = schedule("constant", rate, 1);

    long at = times(schedule, number(request) + 1).reduce((_, last) -> last).orElseThrow();

    assertThat(at).isEqualTo(number(due));
  }

  @ParameterizedTest
  @CsvSource({"poisson, 1", "gamma:0.5, 0.5", "gamma:1, 1", "gamma:2, 2"})
  void gapsHaveTheMeanAndTheVariationOfTheirLaw(String law, double variation) {
    double[] gaps = gaps(schedule(law, 100, 11), 200_000);

    double mean = Arrays.stream(gaps).average().orElseThrow();
    double variance =
        Arrays.stream(gaps).map(gap -> gap * gap).average().orElseThrow() - mean * mean;

    assertThat(mean).isCloseTo(0.01, withinPercentage(1));
    assertThat(Math.sqrt(variance) / mean).isCloseTo(variation, withinPercentage(2));
  }

  @ParameterizedTest
  @CsvSource({"poisson, true", "gamma:1, true", "gamma:2, false", "gamma:0.5, false"})
  void onlyPoissonGapsPassTheKolmogorovSmirnovTestOfTheExponentialLaw(String law, boolean passes) {
    int count = 20_000;
    double critical = 1.628 / Math.sqrt(count);

    double distance = distanceFromExponential(gaps(schedule(law, 50, 5), count), 50);

    assertThat(distance < critical)
        .as("distance %s, critical %s", distance, critical)
        .isEqualTo(passes);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 300, 1250, 1750, 2250, 2750, 3000",
    "300, 100, 2750, 2250, 1750, 1250, 1000",
    "200, 200, 2000, 2000, 2000, 2000, 2000",
    "200, 200.000000001, 2000, 2000, 2000, 2000, 2000",
  })
  void aRampFollowsTheIntegralOfItsRateAndKeepsTheLast(
      double from, double to, int first, int second, int third, int fourth, int after) {
    int[] expected = {first, second, third, fourth, after, after};

    long[] tens = countsInTensOfSeconds(schedule("ramp:" + to, from, 3), expected.length);

    for (int ten = 0; ten < expected.length; ten++) {
      assertThat(tens[ten])
          .as("from %d s", ten * 10)
          .isCloseTo(expected[ten], within(Math.round(3 * Math.sqrt(expected[ten]))));
    }
  }

  @Test
  void aRampOfSoManyRequestsTakesAsLongAsTheyNeed() {
    OpenLoop load = open("ramp:300", 100);

    assertThat(times(ArrivalSchedule.of(load, Extent.of(8_000), 9), 10_000))
        .containsExactlyElementsOf(
            times(ArrivalSchedule.of(load, FORTY_SECONDS, 9), 10_000).toList());
  }

  @ParameterizedTest
  @CsvSource({"999999.9999, 1000000", "1000000, 999999.9999", "1000000, 1000000"})
  void aRampThatHardlyRisesOrFallsIsThePoissonProcessToTheMicrosecond(double from, double to) {
    ArrivalSchedule poisson = schedule("poisson", 1_000_000, 8);
    ArrivalSchedule ramp = schedule("ramp:" + to, from, 8);

    for (int i = 0; i < 10_000; i++) {
      assertThat(ramp.next()).isCloseTo(poisson.next(), within(1_000L));
    }
  }

  @ParameterizedTest
  @FieldSource("RANDOM_LAWS")
  void theSeedDecidesTheSequence(String law) {
    assertThat(times(schedule(law, 100, 1), 1_000))
        .containsExactlyElementsOf(times(schedule(law, 100, 1), 1_000).toList());
    assertThat(times(schedule(law, 100, 1), 1_000).toList())
        .isNotEqualTo(times(schedule(law, 100, 2), 1_000).toList());
  }

  @ParameterizedTest
  @MethodSource
  void noRequestIsDueBeforeTheOneBeforeIt(String law, double rate) {
    assertThat(times(schedule(law, rate, 4), 200_000)).isSorted().allMatch(due -> due >= 0);
  }

  static Stream<Arguments> noRequestIsDueBeforeTheOneBeforeIt() {
    return Stream.of(
        argumentSet("constant", "constant", 7),
        argumentSet("poisson, fast", "poisson", 1e6),
        argumentSet("smooth", "gamma:0.001", 100),
        argumentSet("bursts", "gamma:100", 100),
        argumentSet("rising", "ramp:10000", 1),
        argumentSet("falling", "ramp:1", 10_000),
        argumentSet("hardly rising", "ramp:999999.9999", 999_999.9998),
        argumentSet("hardly falling", "ramp:999999.9998", 999_999.9999));
  }

  @ParameterizedTest
  @CsvSource({"1, poisson", "2, constant", "3, gamma:2", "8, ramp:300"})
  void theStripesOfAllLanesUniteToTheWholeSequence(int lanes, String law) {
    OpenLoop load = open(law, 100);
    long[] whole =
        times(ArrivalSchedule.of(load, FORTY_SECONDS, 6), 1_000).mapToLong(t -> t).toArray();

    long[] united = new long[whole.length];
    for (int k = 0; k < lanes; k++) {
      Lane lane = new Lane(k, lanes);
      ArrivalSchedule ownWalk = ArrivalSchedule.of(load, FORTY_SECONDS, 6);
      for (int i = 0; i < united.length; i++) {
        long due = ownWalk.next();
        united[i] += lane.owns(load, i) ? due : 0;
      }
    }

    assertThat(united).containsExactly(whole);
  }

  private static OpenLoop open(String law, double rate) {
    return new OpenLoop(rate, Arrival.parse(law), Optional.empty());
  }

  private static ArrivalSchedule schedule(String law, double rate, long seed) {
    return ArrivalSchedule.of(open(law, rate), FORTY_SECONDS, seed);
  }

  private static Stream<Long> times(ArrivalSchedule schedule, long count) {
    return LongStream.range(0, count).mapToObj(_ -> schedule.next());
  }

  private static double[] gaps(ArrivalSchedule schedule, int count) {
    double[] gaps = new double[count];
    long last = 0;
    for (int i = 0; i < count; i++) {
      long due = schedule.next();
      gaps[i] = (due - last) / 1e9;
      last = due;
    }
    return gaps;
  }

  /** The greatest difference of the sample's distribution function from 1 - e^(-rate x). */
  private static double distanceFromExponential(double[] gaps, double rate) {
    double[] sorted = Arrays.stream(gaps).sorted().toArray();
    double distance = 0;
    for (int i = 0; i < sorted.length; i++) {
      double law = 1 - Math.exp(-rate * sorted[i]);
      distance = Math.max(distance, law - (double) i / sorted.length);
      distance = Math.max(distance, (i + 1.0) / sorted.length - law);
    }
    return distance;
  }

  private static long[] countsInTensOfSeconds(ArrivalSchedule schedule, int tens) {
    long[] counts = new long[tens];
    for (long due = schedule.next(); due < tens * 10_000_000_000L; due = schedule.next()) {
      counts[(int) (due / 10_000_000_000L)]++;
    }
    return counts;
  }

  private static long number(String text) {
    return Long.parseLong(text.replace("_", ""));
  }
}
