package io.streamgauge.common.measure;

import static io.streamgauge.common.measure.Requests.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowTest {
  private static final Window EARLY = new Window(nanos(100), nanos(400));
  private static final Window LATE = new Window(nanos(900), nanos(1100));
  private static final Window INNER = new Window(nanos(200), nanos(300));

  @Test
  void theSumOfWindowsReachesFromTheFirstToTheLast() {
    assertThat(EARLY.plus(LATE)).isEqualTo(new Window(nanos(100), nanos(1100)));
    assertThat(EARLY.plus(INNER)).isEqualTo(EARLY);
  }

  @Test
  void plusIsAMonoid() {
    assertThat(EARLY.plus(Window.EMPTY)).isEqualTo(EARLY);
    assertThat(Window.EMPTY.plus(EARLY)).isEqualTo(EARLY);
    assertThat(EARLY.plus(LATE).plus(INNER)).isEqualTo(EARLY.plus(LATE.plus(INNER)));
  }

  @Test
  void lengthIsInSeconds() {
    assertThat(EARLY.seconds()).isEqualTo(0.3);
    assertThat(Window.EMPTY.seconds()).isZero();
  }

  @Test
  void aRequestLastsFromSentToEnded() {
    assertThat(Window.of(Requests.answered())).isEqualTo(new Window(nanos(100), nanos(1500)));
    assertThat(Window.of(Requests.failed(Outcome.RESET)))
        .isEqualTo(new Window(nanos(100), nanos(2000)));
  }

  @Test
  void aRequestThatNeverStartedTakesNoTime() {
    assertThat(Window.of(Requests.neverSent(Outcome.DROPPED))).isEqualTo(Window.EMPTY);
  }
}
