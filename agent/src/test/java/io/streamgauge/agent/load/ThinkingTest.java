package io.streamgauge.agent.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThinkingTest {
  private static final long MILLI = 1_000_000;

  private final FakeTime time = new FakeTime(0, 0);
  private final Thinking thinking = new Thinking(time::now, time.timers());
  private final List<Long> gone = new ArrayList<>();

  @Test
  void aTurnGoesWhenItsTimeIsOverAndNoSooner() {
    thinking.until(30 * MILLI, () -> gone.add(time.now()));

    time.runUntil(29 * MILLI);
    assertThat(gone).isEmpty();
    assertThat(thinking.size()).isEqualTo(1);

    time.runUntil(60 * MILLI);
    assertThat(gone)
        .singleElement()
        .satisfies(at -> assertThat(at).isGreaterThanOrEqualTo(30 * MILLI));
    assertThat(thinking.size()).isZero();
  }

  @Test
  void aTimeThatIsOverIsNotWaitedFor() {
    thinking.until(0, () -> gone.add(time.now()));

    assertThat(gone).containsExactly(0L);
  }

  @Test
  void afterTheEndNoTurnGoes() {
    thinking.until(30 * MILLI, () -> gone.add(time.now()));
    thinking.end();

    time.runUntil(60 * MILLI);

    assertThat(gone).isEmpty();
    assertThat(thinking.size()).isZero();
  }
}
