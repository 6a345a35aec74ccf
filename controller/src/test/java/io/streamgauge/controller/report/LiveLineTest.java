package io.streamgauge.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.message.RunEvent.LiveStats;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LiveLineTest {
  @Test
  void everythingKnown() {
    LiveStats stats =
        new LiveStats(
            "0a1b2c",
            "vllm",
            "c20",
            Duration.ofMillis(65_900),
            12,
            20,
            1,
            Optional.of(18L),
            342.55,
            OptionalDouble.of(45.23),
            OptionalDouble.of(112.5),
            OptionalDouble.of(10),
            OptionalDouble.of(15.67),
            Optional.of(Duration.ofSeconds(3_725)));

    assertThat(LiveLine.of(stats))
        .isEqualTo(
            "[vllm c20 1:05] 12/18 done, 20 in flight, 1 failed | 342.6 tok/s |"
                + " TTFT p50 45.2 p99 112.5 ms | ITL p50 10.0 p99 15.7 ms | 62:05 left");
  }

  @Test
  void nothingKnownYet() {
    LiveStats stats =
        new LiveStats(
            "0a1b2c",
            "sim",
            "r10",
            Duration.ZERO,
            0,
            0,
            0,
            Optional.empty(),
            0,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty());

    assertThat(LiveLine.of(stats))
        .isEqualTo(
            "[sim r10 0:00] 0 done, 0 in flight, 0 failed | 0.0 tok/s | TTFT p50 - p99 - ms |"
                + " ITL p50 - p99 - ms");
  }
}
