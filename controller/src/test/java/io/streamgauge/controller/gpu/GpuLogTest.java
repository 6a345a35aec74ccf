package io.streamgauge.controller.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.clock.ClockReading;
import io.streamgauge.common.gpu.GpuBoard;
import io.streamgauge.common.gpu.GpuHost;
import io.streamgauge.common.gpu.GpuInfo;
import io.streamgauge.common.gpu.GpuLoss;
import io.streamgauge.common.gpu.GpuProcess;
import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.gpu.GpuReadings;
import io.streamgauge.common.gpu.GpuSample;
import io.streamgauge.common.gpu.GpuTenants;
import io.streamgauge.common.gpu.PowerReading;
import io.streamgauge.common.measure.Window;
import io.streamgauge.common.message.AgentEvent.GpuBatch;
import io.streamgauge.common.message.AgentEvent.GpusWatched;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GpuLogTest {
  private static final Instant T0 = Instant.parse("2026-02-01T14:30:00Z");

  private final GpuLog log = new GpuLog();

  @BeforeEach
  void twoAgentsAreWatched() {
    for (String agent : List.of("a", "b")) {
      log.take(
          new GpusWatched(
              "run",
              agent,
              new GpuHost(
                  "570",
                  "12.8",
                  Duration.ofMillis(100),
                  List.of(
                      new GpuBoard(
                          new GpuInfo(0, "GPU-" + agent, "H100", Optional.empty()),
                          PowerReading.INSTANT,
                          Optional.empty(),
                          Optional.empty(),
                          List.of())))));
    }
  }

  /** Ten samples a second for a second from {@code from} s on, at so many watts. */
  private static GpuBatch batch(String agent, long number, double from, long watts) {
    List<GpuSample> samples =
        IntStream.range(0, 10)
            .mapToObj(
                i -> new GpuSample(0, i * 100_000_000L, Map.of(GpuQuantity.POWER, watts * 1_000)))
            .toList();
    return batch(agent, number, from, new GpuReadings(samples, List.of(), List.of(), 0));
  }

  private static GpuBatch batch(String agent, long number, double from, GpuReadings readings) {
    return new GpuBatch(
        "run",
        agent,
        number,
        T0.plusNanos(Math.round(from * 1e9)),
        new ClockReading(7, 1_000),
        readings);
  }

  private static Instant at(double seconds) {
    return T0.plusNanos(Math.round(seconds * 1e9));
  }

  private GpuResult result(String agent, double origin, double to) {
    return result(log.level(at(origin), Set.of(agent), false), to);
  }

  private static GpuResult result(List<GpuEvidence> evidence, double to) {
    return GpuResult.of(
        evidence.getFirst(), new GpuWindow(new Window(0, Math.round(to * 1e9)), 100, 300));
  }

  /**
   * And copies nothing: on hosts of many GPUs a level of hours would fill the heap at each look.
   */
  @Test
  void aLevelThatIsUnderWayIsSeenByAllThatIsIn() {
    for (int i = 0; i < 20; i++) {
      log.take(batch("a", i, i, 300 + i));
    }
    List<GpuEvidence> first = log.soFar(at(12), Set.of("a"), false);
    GpuSummary early = result(first, 5).of(GpuQuantity.POWER).orElseThrow();
    log.take(batch("a", 20, 20, 400));
    List<GpuEvidence> second = log.soFar(at(12), Set.of("a"), false);

    assertThat(second.getFirst().series()).isSameAs(first.getFirst().series());
    assertThat(result(second, 5).of(GpuQuantity.POWER)).contains(early);
    assertThat(result("a", 12, 5).of(GpuQuantity.POWER)).contains(early);
    assertThat(result("a", 12, 8.9).of(GpuQuantity.POWER).orElseThrow().max()).isEqualTo(400);
  }

  @Test
  void aBatchThatComesAgainCountsOnce() {
    for (int i = 0; i < 3; i++) {
      log.take(batch("a", i, i, 300));
      log.take(batch("a", i, i, 300));
    }

    assertThat(result("a", 0, 2.9).coverage().received()).isEqualTo(30);
  }

  @Test
  void samplesFallIntoTheLevelByTheControllersClock() {
    log.take(batch("a", 0, -1, 50));
    log.take(batch("a", 1, 0, 300));
    log.take(batch("a", 2, 1, 300));
    log.take(batch("a", 3, 2, 50));

    GpuSummary power = result("a", 0, 1.95).of(GpuQuantity.POWER).orElseThrow();

    assertThat(power.samples()).isEqualTo(20);
    assertThat(power.min()).isEqualTo(300);
  }

  @Test
  void agentsAreKeptApart() {
    log.take(batch("a", 0, 0, 300));
    log.take(batch("b", 0, 0, 100));

    assertThat(result("b", 0, 0.95).of(GpuQuantity.POWER).orElseThrow().max()).isEqualTo(100);
    assertThat(log.level(T0, Set.of("a", "b"), false)).hasSize(2);
    assertThat(log.level(T0, Set.of(), false)).isEmpty();
  }

  @Test
  void itReachesWhereTheSlowestGpuIsUnlessThatIsLost() {
    log.take(batch("a", 0, 0, 300));

    assertThat(log.reaches("a", T0.plusMillis(900))).isTrue();
    assertThat(log.reaches("a", T0.plusMillis(901))).isFalse();
    assertThat(log.reaches("b", T0)).as("nothing came").isFalse();

    log.take(
        batch(
            "b",
            0,
            0.5,
            new GpuReadings(List.of(), List.of(), List.of(new GpuLoss(0, 0, "gone")), 0)));
    assertThat(log.reaches("b", T0.plusSeconds(9))).isTrue();
    assertThat(result("b", 0, 3).lostAtS()).contains(0.5);
  }

  @Test
  void whatWasIdleIsTheBaselineAndWhoWasThereBeforeAnEngineIsAStranger() {
    log.take(batch("a", 0, -2, 500));
    log.take(batch("a", 1, -0.95, 40));
    log.take(batch("a", 2, 0.05, tenants(7)));
    log.markIdle(T0.minusMillis(900), true);
    log.take(batch("a", 3, 1, 300));
    log.take(batch("a", 4, 2, tenants(7)));

    GpuResult gpu = result("a", 0.5, 3);

    assertThat(gpu.idlePowerW()).contains(40.0);
    assertThat(gpu.strangers()).extracting(GpuProcess::pid).containsExactly(7L);
  }

  @Test
  void beforeAServerThatRunsAlreadyNobodyIsAStranger() {
    log.take(batch("a", 0, -1, 40));
    log.take(batch("a", 1, 0.05, tenants(7)));
    log.markIdle(T0.minusMillis(900), false);
    log.take(batch("a", 2, 2, tenants(7)));

    assertThat(result("a", 0.5, 3).strangers()).isEmpty();
  }

  private static GpuReadings tenants(long pid) {
    return new GpuReadings(
        List.of(),
        List.of(new GpuTenants(0, 0, List.of(new GpuProcess(pid, "x", Optional.empty())))),
        List.of(),
        0);
  }
}
