package io.streamgauge.controller.wait;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.common.PlanException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunLimitsTest {
  @Test
  void aLimitIsAboveZeroAndTheWrongOneIsNamed() {
    List<String> names =
        List.of(
            "muster", "prepare", "serving", "ending", "engine_ready", "engine_gone", "recovery");
    for (int wrong = 0; wrong < names.size(); wrong++) {
      Duration[] limits = new Duration[names.size()];
      Arrays.fill(limits, Duration.ofSeconds(1));
      limits[wrong] = Duration.ZERO;

      assertThatThrownBy(
              () ->
                  new RunLimits(
                      limits[0], limits[1], limits[2], limits[3], limits[4], limits[5], limits[6]))
          .isInstanceOf(PlanException.class)
          .hasMessageStartingWith(names.get(wrong) + ": ");
    }
  }
}
