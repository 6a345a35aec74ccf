package io.streamgauge.agent.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.histogram.DistributionRecorder;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosedPacerTest {
  private static final long MILLI = 1_000_000;
  private static final long ORIGIN = 7_000 * MILLI;

  private final List<Long> indices = new ArrayList<>();
  private final List<Long> dues = new ArrayList<>();
  private final FakeTime time = new FakeTime(ORIGIN, 0);
  private int inFlight;
  private int most;
  private long ended;

  private ClosedPacer pacer(ClosedLoop load, Extent extent, Lane lane) {
    return new ClosedPacer(
        load,
        extent,
        lane,
        time::now,
        time.timers(),
        (index, due) -> {
          indices.add(index);
          dues.add(due);
          inFlight++;
          most = Math.max(most, inFlight);
        },
        new DistributionRecorder(),
        new DistributionRecorder());
  }

  private void end(ClosedPacer pacer) {
    inFlight--;
    pacer.ended(ended++, true, 0);
  }

  @Test
  void usersStartOneByOneOverTheRamp() {
    ClosedLoop load = new ClosedLoop(4, Optional.of(Duration.ofMillis(400)));

    pacer(load, Extent.of(100), new Lane(0, 1)).start(ORIGIN);
    time.runUntil(ORIGIN + 1_000 * MILLI);

    assertThat(dues)
        .containsExactly(ORIGIN, ORIGIN + 100 * MILLI, ORIGIN + 200 * MILLI, ORIGIN + 300 * MILLI);
  }

  @Test
  void aUserSendsItsNextRequestWhenItsLastOneHasEnded() {
    ClosedPacer pacer =
        pacer(new ClosedLoop(2, Optional.of(Duration.ZERO)), Extent.of(5), new Lane(0, 1));
    pacer.start(ORIGIN);
    time.runUntil(ORIGIN + MILLI);
    assertThat(indices).containsExactly(0L, 1L);

    time.runUntil(ORIGIN + 30 * MILLI);
    end(pacer);

    assertThat(indices).containsExactly(0L, 1L, 2L);
    assertThat(dues.getLast()).isEqualTo(ORIGIN + 30 * MILLI);
    assertThat(most).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"1,7,20", "2,7,20", "3,7,20", "4,4,4", "3,5,3", "8,100,1000"})
  void theLanesTogetherSendEveryRequestOnceAndNeverMoreThanTheUsers(
      int lanes, int users, long requests) {
    int parts = 0;
    for (int k = 0; k < lanes; k++) {
      inFlight = 0;
      most = 0;
      ClosedPacer pacer =
          pacer(new ClosedLoop(users, Optional.empty()), Extent.of(requests), new Lane(k, lanes));
      pacer.start(ORIGIN);
      time.runUntil(time.now() + 1_000 * MILLI);
      while (inFlight > 0) {
        end(pacer);
      }
      assertThat(pacer.exhausted()).isTrue();
      parts += most;
    }
    assertThat(indices)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, requests).boxed().toList());
    assertThat(parts).isEqualTo((int) Math.min(users, requests));
  }

  @Test
  void aUserWhoseRequestsOnlyFailBacksOffAndNeverLeavesAndAnAnswerEndsThat() {
    ClosedPacer pacer =
        pacer(new ClosedLoop(2, Optional.of(Duration.ZERO)), Extent.of(1_000), new Lane(0, 1));
    pacer.start(ORIGIN);
    time.runUntil(ORIGIN + MILLI);
    List<Long> pauses = new ArrayList<>();
    long failing = indices.getLast();
    for (int i = 0; i < 12; i++) {
      int before = indices.size();
      long failedAt = time.now();
      pacer.ended(failing, false, 0);
      while (indices.size() == before) {
        time.runUntil(time.now() + MILLI);
      }
      failing = indices.getLast();
      pauses.add((dues.getLast() - failedAt) / MILLI);
    }

    assertThat(pauses)
        .containsExactly(0L, 10L, 20L, 40L, 80L, 160L, 320L, 640L, 1000L, 1000L, 1000L, 1000L);

    pacer.ended(failing, true, 0);
    pacer.ended(indices.getLast(), false, 0);
    pacer.ended(indices.getFirst(), false, 0);

    assertThat(dues.subList(dues.size() - 3, dues.size())).containsOnly(time.now());
    assertThat(pacer.exhausted()).isFalse();
  }

  @ParameterizedTest(name = "{0} users whose requests only fail try {1} times a second or less")
  @CsvSource({"1,1", "100,100", "200,200", "1000,200", "2000,200", "100000,10000"})
  void manyUsersThatFailTryNoMoreThanAFewAreAbleTo(int users, int perSecond) {
    long pause = Backoff.pause(100, users);

    assertThat(users * 1_000 * MILLI / pause).isLessThanOrEqualTo(perSecond);
    assertThat(pause).isLessThanOrEqualTo(10_000 * MILLI);
  }

  @Test
  void afterTheDurationNothingNewIsStarted() {
    ClosedPacer pacer =
        pacer(
            new ClosedLoop(1, Optional.of(Duration.ZERO)),
            Extent.of(Duration.ofMillis(50)),
            new Lane(0, 1));
    pacer.start(ORIGIN);
    time.runUntil(ORIGIN + 49 * MILLI);
    end(pacer);
    assertThat(indices).hasSize(2);

    time.runUntil(ORIGIN + 50 * MILLI);
    end(pacer);

    assertThat(indices).hasSize(2);
    assertThat(pacer.exhausted()).isTrue();
    assertThat(pacer.asked()).isEqualTo(2);
  }

  @Test
  void aStoppedPacerStartsNothingMore() {
    ClosedPacer pacer =
        pacer(new ClosedLoop(1, Optional.of(Duration.ZERO)), Extent.of(10), new Lane(0, 1));
    pacer.start(ORIGIN);
    time.runUntil(ORIGIN + MILLI);

    pacer.stop();
    end(pacer);

    assertThat(indices).hasSize(1);
    assertThat(pacer.exhausted()).isTrue();
  }
}
