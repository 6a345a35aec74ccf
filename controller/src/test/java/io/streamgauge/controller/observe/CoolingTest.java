package io.streamgauge.controller.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CoolingTest {
  private final Cooling cooling = new Cooling();

  @Test
  void aRepeatWaitsUntilEachGpuIsAsCoolAsAtTheFirstStart() {
    assertThat(cooling.warmer(Map.of("GPU 0 of a", 80.0))).as("before the first").isEmpty();
    cooling.begin(Map.of("GPU 0 of a", 45.0, "GPU 1 of a", 50.0));

    assertThat(cooling.warmer(Map.of("GPU 0 of a", 47.0, "GPU 1 of a", 51.0)))
        .contains("GPU 0 of a has 47 C, at the first start 45 C");
    assertThat(cooling.warmer(Map.of("GPU 0 of a", 46.0, "GPU 1 of a", 40.0))).isEmpty();
  }

  @Test
  void laterStartsChangeNothingAndWhatTellsNoTemperatureIsNotWaitedFor() {
    cooling.begin(Map.of("GPU 0 of a", 45.0));
    cooling.begin(Map.of("GPU 0 of a", 70.0));

    assertThat(cooling.warmer(Map.of("GPU 0 of a", 69.0))).isPresent();
    assertThat(cooling.warmer(Map.of())).isEmpty();
    assertThat(cooling.warmer(Map.of("GPU 1 of a", 90.0))).isEmpty();
  }
}
