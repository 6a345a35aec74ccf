package io.streamgauge.controller.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.message.RunEvent.LiveStats;
import io.streamgauge.common.message.RunEvent.Totals;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveLineTest {
  private static final int WIDE = 200;

  private static LiveStats stats(
      String level, double seconds, long done, long failed, Optional<Long> total, long arrived) {
    return new LiveStats(
        "0a1b2c",
        "vllm",
        level,
        Duration.ofMillis(Math.round(seconds * 1_000)),
        done,
        20,
        failed,
        total,
        arrived / Math.max(seconds, 1),
        OptionalDouble.of(45.23),
        OptionalDouble.of(112.5),
        OptionalDouble.of(10),
        OptionalDouble.empty(),
        Optional.of(Duration.ofSeconds(30)),
        new Totals(Map.of(), 0, 0, arrived, 0, 0, 0, 0));
  }

  /** Four seconds of a level, in which ever more tokens came. */
  private static LiveCourse growing() {
    LiveCourse course = LiveCourse.NONE;
    for (int second = 1; second <= 4; second++) {
      course =
          course.with(stats("c20", second, second * 2, 0, Optional.of(16L), 50L * second * second));
    }
    return course;
  }

  @Test
  void whatKeepsTheLinesGetsAllNumbersAndNoPictures() {
    assertThat(LiveLine.plain(stats("c20", 65.9, 12, 1, Optional.of(18L), 22_575)))
        .isEqualTo(
            "[vllm c20 1:05] 12/18 done, 20 in flight, 1 failed | 342.6 tok/s |"
                + " TTFT p50 45.2 p99 112.5 ms | ITL p50 10.0 p99 - ms | 0:30 left");
  }

  @Test
  void aTerminalSeesHowFarTheRunIsAndTheRateOfTheLastSecondsAsABarAndALine() {
    assertThat(LiveLine.of(growing(), WIDE, true))
        .isEqualTo(
            "vllm c20 | 0:04 | ▕██████      ▏ | 8/16 done | 350 tok/s | ▂▄▆█ | 20 in flight |"
                + " TTFT p50 45.2 p99 112.5 ms | ITL p50 10.0 p99 - ms | 0:30 left");
  }

  @Test
  void withoutUnicodeTheBarIsOfHashes() {
    assertThat(LiveLine.of(growing(), WIDE, false))
        .startsWith("vllm c20 | 0:04 | [######------] | 8/16 done | 350 tok/s | 20 in flight |");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 20, 40, 60, 80, 120, WIDE})
  void itFitsAnyWidth(int width) {
    String line = LiveLine.of(growing(), width, true);

    assertThat(line.length()).isLessThanOrEqualTo(width);
  }

  @Test
  void onTwentyColumnsThereAreTheRateAndWhatIsDone() {
    assertThat(LiveLine.of(growing(), 21, true)).isEqualTo("8/16 done | 350 tok/s");
    assertThat(LiveLine.of(growing(), 20, true)).isEqualTo("350 tok/s");
  }

  @Test
  void failuresStayInSightWhereThereIsLittleRoom() {
    LiveCourse course = LiveCourse.NONE.with(stats("c20", 4, 8, 3, Optional.of(16L), 800));

    assertThat(LiveLine.of(course, 21, true)).isEqualTo("3 failed | 200 tok/s");
    assertThat(LiveLine.of(growing(), WIDE, true)).doesNotContain("failed");
  }

  @Test
  void aRunThatIsBoundedByTimeIsAsFarAsItsTimeAlsoAcrossLevels() {
    LiveCourse course =
        LiveCourse.NONE
            .with(stats("c1", 30, 8, 0, Optional.empty(), 800))
            .with(stats("c2", 30, 8, 0, Optional.empty(), 1_600));

    assertThat(course.elapsed()).isEqualTo(Duration.ofSeconds(60));
    assertThat(course.share()).hasValue(60.0 / 90);
  }

  @Test
  void whatFollowsAtOnceTellsNoRateAndALevelBeginsFromNothing() {
    LiveCourse course =
        LiveCourse.NONE
            .with(stats("c1", 2, 8, 0, Optional.empty(), 800))
            .with(stats("c1", 2.1, 8, 0, Optional.empty(), 900))
            .with(stats("c2", 1, 8, 0, Optional.empty(), 70));

    assertThat(course.rates()).containsExactly(400.0, 70.0);
  }
}
