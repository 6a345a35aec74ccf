package io.streamgauge.agent.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.histogram.DistributionRecorder;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ArrivalSchedule;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Lane;
import io.streamgauge.common.plan.load.OpenLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenPacerTest {
  private static final long MILLI = 1_000_000;
  private static final long ORIGIN = 7_000 * MILLI;

  private final DistributionRecorder lag = new DistributionRecorder();
  private final List<Long> indices = new ArrayList<>();
  private final List<Long> dues = new ArrayList<>();
  private final List<Long> sentAt = new ArrayList<>();

  private OpenPacer pacer(OpenLoop load, Extent extent, Lane lane, FakeTime time) {
    return new OpenPacer(
        load,
        extent,
        lane,
        ArrivalSchedule.of(load, extent, 1),
        time::now,
        time.timers(),
        (index, due) -> {
          indices.add(index);
          dues.add(due);
          sentAt.add(time.now());
        },
        lag);
  }

  private static OpenLoop constant(double rate, Optional<Integer> cap) {
    return new OpenLoop(rate, new Arrival.Constant(), cap);
  }

  @Test
  void eachRequestIsSentAtItsAbsoluteDueTimeHoweverLateEarlierTimersWere() {
    FakeTime time = new FakeTime(ORIGIN, MILLI / 2);
    OpenPacer pacer =
        pacer(constant(100, Optional.empty()), Extent.of(1_000), new Lane(0, 1), time);

    pacer.start(ORIGIN);
    time.runUntil(ORIGIN + 20_000 * MILLI);

    assertThat(dues).hasSize(1_000);
    for (int i = 0; i < 1_000; i++) {
      assertThat(dues.get(i)).isEqualTo(ORIGIN + i * 10 * MILLI);
      assertThat(sentAt.get(i) - dues.get(i)).isBetween(0L, MILLI);
    }
    assertThat(pacer.exhausted()).isTrue();
    assertThat(lag.snapshot().count()).isEqualTo(1_000);
  }

  @Test
  void whatBecameDueDuringAPauseOfTheLoopIsSentAtOnceAndNothingMore() {
    FakeTime time = new FakeTime(ORIGIN, 0);
    OpenPacer pacer =
        pacer(constant(1_000, Optional.empty()), Extent.of(500), new Lane(0, 1), time);
    pacer.start(ORIGIN);
    time.runUntil(ORIGIN + 10 * MILLI);
    int before = dues.size();

    time.pass(100 * MILLI);
    time.runUntil(time.now());

    assertThat(dues).hasSize(before + 100);
    assertThat(dues.getLast()).isLessThanOrEqualTo(time.now());
  }

  @Test
  void nothingIsSentBeforeTheStartOfTheLevel() {
    FakeTime time = new FakeTime(ORIGIN - 50 * MILLI, 0);
    OpenPacer pacer = pacer(constant(100, Optional.empty()), Extent.of(3), new Lane(0, 1), time);

    pacer.start(ORIGIN);
    time.runUntil(ORIGIN - MILLI);
    assertThat(dues).isEmpty();

    time.runUntil(ORIGIN + 1_000 * MILLI);
    assertThat(dues).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void theLanesTogetherSendTheScheduleExactlyOnce(int lanes) {
    OpenLoop load = new OpenLoop(250, new Arrival.Poisson(), Optional.empty());
    for (int k = 0; k < lanes; k++) {
      FakeTime time = new FakeTime(ORIGIN, 0);
      pacer(load, Extent.of(400), new Lane(k, lanes), time).start(ORIGIN);
      time.runUntil(ORIGIN + 60_000 * MILLI);
    }
    ArrivalSchedule whole = ArrivalSchedule.of(load, Extent.of(400), 1);

    assertThat(indices).hasSize(400).doesNotHaveDuplicates();
    for (long i = 0; i < 400; i++) {
      assertThat(dues.get(indices.indexOf(i))).isEqualTo(ORIGIN + whole.next());
    }
  }

  @Test
  void aFullCapHoldsRequestsBackInOrderAndTheTimeIsCounted() {
    FakeTime time = new FakeTime(ORIGIN, 0);
    OpenPacer pacer = pacer(constant(100, Optional.of(1)), Extent.of(3), new Lane(0, 1), time);
    pacer.start(ORIGIN);
    time.runUntil(ORIGIN + 100 * MILLI);
    assertThat(indices).containsExactly(0L);
    assertThat(pacer.exhausted()).isFalse();

    pacer.ended(0, true, 0);
    time.runUntil(ORIGIN + 150 * MILLI);
    pacer.ended(0, true, 0);

    assertThat(indices).containsExactly(0L, 1L, 2L);
    assertThat(dues).containsExactly(ORIGIN, ORIGIN + 10 * MILLI, ORIGIN + 20 * MILLI);
    assertThat(pacer.heldNanos()).isEqualTo(140 * MILLI);
    assertThat(pacer.exhausted()).isTrue();
  }

  @Test
  void whatStillWaitsWhenTheTimeIsOverIsDroppedAndCounted() {
    FakeTime time = new FakeTime(ORIGIN, 0);
    OpenPacer pacer =
        pacer(
            constant(100, Optional.of(1)), Extent.of(Duration.ofMillis(100)), new Lane(0, 1), time);

    pacer.start(ORIGIN);
    time.runUntil(ORIGIN + 200 * MILLI);

    assertThat(indices).containsExactly(0L);
    assertThat(pacer.asked()).isEqualTo(10);
    assertThat(pacer.dropped()).isEqualTo(9);
    assertThat(pacer.exhausted()).isTrue();
  }
}
