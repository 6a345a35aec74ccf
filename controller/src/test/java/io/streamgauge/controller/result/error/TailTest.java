package io.streamgauge.controller.result.error;

import static io.streamgauge.controller.SampleLevel.millis;
import static io.streamgauge.controller.SampleLevel.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamgauge.common.histogram.Distribution;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TailTest {
  private static final Offset<Double> DIGITS = within(0.001);

  @Test
  void oneInAHundredMayErrByAnything() {
    assertThat(Tail.among(millis(times(10, 40)), 1_000, 1).millis()).isZero();
    assertThat(Tail.among(millis(times(11, 1)), 1_000, 1).millis()).isEqualTo(1, DIGITS);
  }

  @Test
  void itIsThePercentileOfAllAndNotOfThoseThatErr() {
    double[] errors = times(200, 1);
    for (int i = 0; i < 9; i++) {
      errors[i] = 40;
    }

    assertThat(Tail.among(millis(errors), 1_000, 1).millis()).isEqualTo(1, DIGITS);
    assertThat(Tail.of(millis(errors)).millis()).isEqualTo(40, within(0.1));
  }

  @Test
  void anErrorThatSpoilsTwoValuesWeighsTwice() {
    assertThat(Tail.among(millis(times(5, 40)), 1_000, 2).millis()).isZero();
    assertThat(Tail.among(millis(times(6, 1)), 1_000, 2).millis()).isEqualTo(1, DIGITS);
  }

  @Test
  void ofTooFewValuesItIsTheGreatestAndNothingCertain() {
    Tail few = Tail.among(millis(0.5), 661, 1);

    assertThat(few.millis()).isEqualTo(0.5);
    assertThat(few.certainMillis()).isZero();
    assertThat(few.text()).isEqualTo("up to 0.50 ms (max of 661)");
  }

  @Test
  void moreErrorsThanValuesAreAsManyValues() {
    assertThat(Tail.among(millis(times(700, 1)), 10, 1).values()).isEqualTo(700);
    assertThat(Tail.among(Distribution.ZERO, 0, 1).millis()).isZero();
  }

  @Test
  void bothErrorsOfASumAddUpAndOfADifferenceTheGreaterCounts() {
    Tail certain = Tail.of(millis(times(700, 1)));
    Tail few = Tail.of(millis(2));

    assertThat(certain.plus(few).millis()).isEqualTo(3, DIGITS);
    assertThat(certain.plus(few).certainMillis()).isEqualTo(1, DIGITS);
    assertThat(certain.less(few).millis()).isEqualTo(2, DIGITS);
    assertThat(certain.less(few).certainMillis()).isEqualTo(1, DIGITS);
    assertThat(certain.over(10).millis()).isEqualTo(0.1, DIGITS);
  }
}
