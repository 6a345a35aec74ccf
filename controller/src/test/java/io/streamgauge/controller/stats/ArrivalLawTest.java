package io.streamgauge.controller.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ArrivalSchedule;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.OpenLoop;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArrivalLawTest {
  private static final int MANY = 1_000;
  private static final double RATE = 100;

  private static Stream<Arrival> laws() {
    return Stream.of(
        new Arrival.Constant(),
        new Arrival.Poisson(),
        new Arrival.Gamma(0.25),
        new Arrival.Gamma(3),
        new Arrival.Ramp(300));
  }

  private static OpenLoop load(Arrival arrival) {
    return new OpenLoop(RATE, arrival, Optional.empty());
  }

  private static double rampSeconds(Arrival arrival) {
    return arrival instanceof Arrival.Ramp(double to) ? MANY / ((RATE + to) / 2) : 1;
  }

  private static long[] schedule(Arrival arrival, long seed) {
    ArrivalSchedule schedule = ArrivalSchedule.of(load(arrival), Extent.of(MANY), seed);
    return Stream.generate(schedule::next).limit(MANY).mapToLong(t -> t).toArray();
  }

  private static Optional<String> fault(Arrival asked, long[] times) {
    return ArrivalLaw.fault(load(asked), rampSeconds(asked), times);
  }

  @ParameterizedTest
  @MethodSource("laws")
  void ourSchedulesFollowTheirLaws(Arrival arrival) {
    for (long seed = 0; seed < 100; seed++) {
      assertThat(fault(arrival, schedule(arrival, seed))).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("laws")
  void aClientThatIsAtMostHalfAMillisecondLateDoesNotBreakThem(Arrival arrival) {
    SplittableRandom random = new SplittableRandom(9);
    long[] late = schedule(arrival, 1);
    Arrays.setAll(late, i -> late[i] + random.nextLong(400_000));
    Arrays.sort(late);

    assertThat(fault(arrival, late)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("laws")
  void arrivalsOfAnotherLawOrRateAreFound(Arrival arrival) {
    for (Arrival other : laws().toList()) {
      if (!other.equals(arrival)) {
        assertThat(fault(arrival, schedule(other, 4))).as(other.text()).isPresent();
      }
    }
    long[] slow = schedule(arrival, 5);
    Arrays.setAll(slow, i -> slow[i] * 4);
    assertThat(fault(arrival, slow)).isPresent();
  }

  @ParameterizedTest
  @MethodSource("laws")
  void burstsOfATimerThatFiresTooSeldomAreFound(Arrival arrival) {
    long[] coarse = schedule(arrival, 6);
    Arrays.setAll(coarse, i -> coarse[i] / 50_000_000 * 50_000_000);

    assertThat(fault(arrival, coarse)).isPresent();
  }

  @ParameterizedTest
  @MethodSource("laws")
  void aFewArrivalsSayNothing(Arrival arrival) {
    assertThat(fault(arrival, new long[ArrivalLaw.FEWEST])).isEmpty();
    assertThat(fault(arrival, new long[0])).isEmpty();
  }
}
