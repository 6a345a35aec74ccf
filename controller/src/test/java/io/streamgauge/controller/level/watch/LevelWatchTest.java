package io.streamgauge.controller.level.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.message.AgentEvent.Progress;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.controller.level.watch.LevelWatch.Next;
import io.streamgauge.controller.wait.RunLimits;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LevelWatchTest {
  private static final Level LEVEL =
      new Level(
          "one", new ClosedLoop(10, Optional.empty()), Extent.of(Duration.ofMinutes(5)), false);
  private static final Counts ANSWERED = new Counts(Map.of(Outcome.OK, 9L), 0, 0, 0);

  private int asked;
  private boolean decided;
  private long now;
  private long answerTakes;
  private final LevelWatch watch =
      new LevelWatch(
          LEVEL,
          10,
          RunLimits.DEFAULT,
          () -> {
            asked++;
            now += answerTakes;
            return decided;
          },
          () -> now);

  private Next hear(String agent, int millis) {
    return watch.after(
        new Progress("run", agent, "one", ANSWERED, 1, 0, Distribution.ZERO, Distribution.ZERO),
        Set.of(agent),
        Duration.ofMillis(millis));
  }

  @Test
  void whetherItIsDecidedIsAskedOnceASecondHoweverManyAgentsTell() {
    for (int second = 1; second <= 3; second++) {
      for (int agent = 0; agent < 10; agent++) {
        hear("agent-" + agent, 1_000 * second + 5 * agent);
      }
    }
    assertThat(asked).isEqualTo(3);

    decided = true;
    assertThat(hear("agent-0", 3_500)).isEqualTo(new Next.GoOn());
    assertThat(hear("agent-0", 4_000)).isEqualTo(new Next.Decided());
  }

  @Test
  void theLongerTheAnswerTakesTheLaterItIsAskedForAgain() {
    answerTakes = Duration.ofMillis(500).toNanos();
    hear("agent-0", 1_000);
    hear("agent-0", 1_000 + LevelWatch.REST * 500 - 1);
    assertThat(asked).isEqualTo(1);

    hear("agent-0", 1_000 + LevelWatch.REST * 500);
    assertThat(asked).isEqualTo(2);
  }
}
