package io.streamgauge.controller.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SteadyTest {
  private static final int WINDOWS = 20;

  private static double[] course(IntToDoubleFunction value) {
    return IntStream.range(0, WINDOWS).mapToDouble(value).toArray();
  }

  private static double[] flat() {
    return course(_ -> 50);
  }

  private static int first(Steady steady) {
    return steady instanceof Steady.Found(int first) ? first : -1;
  }

  @Test
  void aFlatCourseIsSteadyFromItsBegin() {
    assertThat(Steady.of(flat(), flat())).isEqualTo(new Steady.Found(0));
  }

  @Test
  void noiseAroundALevelIsSteadyHoweverItFalls() {
    int found = 0;
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      Steady steady =
          Steady.of(
              course(_ -> random.nextGaussian(1_000, 50)), course(_ -> random.nextGaussian(80, 8)));
      found += first(steady) >= 0 ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(490);
  }

  @Test
  void aRampInFrontIsLeftOut() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      double[] throughput =
          course(i -> (i < 6 ? 150 * (i + 1) : 1_000) * random.nextGaussian(1, 0.03));

      assertThat(first(Steady.of(throughput, flat()))).as("seed %d", seed).isBetween(3, 10);
    }
  }

  @Test
  void aRampToTheEndIsNoSteadyState() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      Steady rising = Steady.of(course(i -> (100 + 50 * i) * random.nextGaussian(1, 0.03)), flat());
      Steady falling =
          Steady.of(flat(), course(i -> (1_100 - 50 * i) * random.nextGaussian(1, 0.03)));

      assertThat(rising).isInstanceOf(Steady.None.class);
      assertThat(rising.toString()).contains("throughput rises by");
      assertThat(falling.toString()).contains("TTFT falls by");
    }
  }

  @Test
  void aStepBeforeTheMiddleIsLeftOutAndOneAfterItIsNoSteadyState() {
    assertThat(first(Steady.of(course(i -> i < 8 ? 500 : 1_000), flat()))).isBetween(6, 8);
    assertThat(Steady.of(course(i -> i < 15 ? 500 : 1_000), flat()))
        .isInstanceOf(Steady.None.class);
  }

  @Test
  void aCourseThatLeapsAboutIsNoSteadyState() {
    assertThat(Steady.of(course(i -> i % 2 == 0 ? 500 : 1_000), flat()).toString())
        .contains("throughput varies by 33 %");
  }

  @Test
  void aDriftThatHardlyMattersIsSteady() {
    assertThat(Steady.of(course(i -> 1_000 + i), flat())).isEqualTo(new Steady.Found(0));
  }

  @Test
  void windowsWithoutATtftAreLeftOutOfItsCourse() {
    double[] ttft = course(i -> i % 3 == 0 ? Double.NaN : 50);
    double[] hardlyAny = course(i -> i % 5 == 0 ? i : Double.NaN);

    assertThat(Steady.of(flat(), ttft)).isEqualTo(new Steady.Found(0));
    assertThat(Steady.of(flat(), hardlyAny)).isEqualTo(new Steady.Found(0));
  }

  @Test
  void whatIsFoundIsNeverShorterThanHalf() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      double[] throughput = course(_ -> random.nextDouble(100));

      assertThat(first(Steady.of(throughput, throughput))).isBetween(-1, WINDOWS / 2);
      assertThat(Arrays.stream(throughput).allMatch(Double::isFinite)).isTrue();
    }
  }
}
