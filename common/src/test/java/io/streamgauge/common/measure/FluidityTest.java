package io.streamgauge.common.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FluidityTest {
  private static final long MILLI = 1_000_000;

  /** Tokens in time of an answer sent at 1 s; arrivals in ms from then, one token each. */
  private static int inTime(long... arrivals) {
    Fluidity fluidity = new Fluidity(1_000 * MILLI, 100 * MILLI, 50 * MILLI);
    for (long arrival : arrivals) {
      fluidity.add((1_000 + arrival) * MILLI, 1);
    }
    return fluidity.inTime();
  }

  @Test
  void everyTokenOnItsDeadlineIsInTime() {
    assertThat(inTime(100, 150, 200, 250)).isEqualTo(4);
  }

  @Test
  void aMissStartsTheDeadlinesAnewAndCostsOneToken() {
    assertThat(inTime(100, 151, 201, 251)).isEqualTo(3);
    assertThat(inTime(5_000, 5_050, 5_100)).isEqualTo(2);
  }

  @Test
  void timeLeftOverIsSlackForWhatFollows() {
    assertThat(inTime(40, 210)).as("60 left and 50 of its own").isEqualTo(1);
    assertThat(inTime(40, 150)).isEqualTo(2);
    assertThat(inTime(10, 20, 30, 250)).isEqualTo(4);
    assertThat(inTime(10, 20, 30, 251)).isEqualTo(3);
  }

  @Test
  void aMissTakesTheSlackAway() {
    assertThat(inTime(10, 1_000, 1_060)).isEqualTo(1);
  }

  @Test
  void tokensThatComeTogetherAreOneArrivalWithTheirSlack() {
    Fluidity fluidity = new Fluidity(0, 100 * MILLI, 50 * MILLI);
    fluidity.add(100 * MILLI, 4);
    fluidity.add(300 * MILLI, 4);
    fluidity.add(501 * MILLI, 4);

    assertThat(fluidity.inTime()).isEqualTo(11);
  }
}
