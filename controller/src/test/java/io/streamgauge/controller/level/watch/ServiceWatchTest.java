package io.streamgauge.controller.level.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.message.AgentEvent.Progress;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServiceWatchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Load CLOSED = new ClosedLoop(10, Optional.empty());
  private static final Set<String> BOTH = Set.of("a", "b");

  private ServiceWatch watch = watch(CLOSED);

  private static ServiceWatch watch(Load load) {
    return new ServiceWatch(
        new Level("one", load, Extent.of(Duration.ofMinutes(5)), false), PATIENCE);
  }

  private Optional<String> hear(String agent, long ok, long failed, long inFlight, int seconds) {
    return watch.after(
        new Progress(
            "run",
            agent,
            "one",
            new Counts(Map.of(Outcome.OK, ok, Outcome.CONNECT_FAILED, failed), 0, 0, 0),
            inFlight,
            0,
            Distribution.ZERO,
            Distribution.ZERO),
        BOTH,
        Duration.ofSeconds(seconds));
  }

  @Test
  void nobodyServedForLongIsNotWorthGoingOn() {
    hear("a", 0, 700, 3, 29);
    assertThat(hear("b", 0, 500, 0, 30)).isEmpty();
    assertThat(hear("a", 0, 1_000, 0, 30)).get().asString().contains("first 1,500", "30 s");
  }

  @Test
  void oneAnswerAnywhereKeepsTheWholeFleet() {
    hear("a", 1, 0, 0, 31);

    assertThat(hear("b", 0, 9_000, 0, 31)).isEmpty();
  }

  @Test
  void whatIsUnderWayMayYetBeServed() {
    hear("a", 0, 9_000, 8, 31);

    assertThat(hear("b", 0, 9_000, 0, 31)).isEmpty();
  }

  @Test
  void whoWasNotHeardMayBeServed() {
    assertThat(hear("a", 0, 9_000, 0, 31)).isEmpty();
  }

  @Test
  void aServerThatComesInTheFirstSecondsIsWaitedFor() {
    hear("a", 0, 9_000, 0, 20);

    assertThat(hear("b", 0, 9_000, 0, 20)).isEmpty();
  }

  @Test
  void anOpenLoopKeepsItsSchedule() {
    watch = watch(new OpenLoop(10, new Arrival.Poisson(), Optional.empty()));
    hear("a", 0, 9_000, 0, 31);

    assertThat(hear("b", 0, 9_000, 0, 31)).isEmpty();
  }
}
