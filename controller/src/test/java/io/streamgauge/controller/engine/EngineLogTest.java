package io.streamgauge.controller.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.clock.ClockReading;
import io.streamgauge.common.engine.EngineQuantity;
import io.streamgauge.common.engine.EngineSample;
import io.streamgauge.common.message.AgentEvent.EngineBatch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EngineLogTest {
  private static final Instant START = Instant.ofEpochSecond(1_790_000_000L);
  private static final long SECOND = 1_000_000_000L;

  private static EngineBatch batch(long number, Instant origin, EngineSample... samples) {
    return new EngineBatch("run", "a", number, origin, ClockReading.SAME, List.of(samples), 0);
  }

  private static EngineSample sample(long at, double running) {
    return new EngineSample(at, Map.of(EngineQuantity.RUNNING, running));
  }

  @Test
  void aBatchThatComesAgainCountsOnce() {
    EngineLog log = new EngineLog();
    log.take(batch(0, START, sample(0, 1), sample(SECOND, 2)));
    log.take(batch(0, START, sample(0, 1), sample(SECOND, 2)));
    log.take(batch(1, START.plusSeconds(2), sample(0, 3)));

    assertThat(log.since(START))
        .containsExactly(sample(0, 1), sample(SECOND, 2), sample(2 * SECOND, 3));
  }

  @Test
  void aLevelHasNoSamplesOfTheOneBefore() {
    EngineLog log = new EngineLog();
    log.take(batch(0, START, sample(0, 1), sample(SECOND, 2)));
    assertThat(log.since(START.plusMillis(500))).containsExactly(sample(SECOND / 2, 2));
    assertThat(log.since(START)).isEmpty();
  }

  @Test
  void aLevelOfDaysKeepsItsWholeCourseInBoundedMemory() {
    EngineLog log = new EngineLog();
    long seconds = 100_000;
    LongStream.range(0, seconds)
        .forEach(second -> log.take(batch(second, START.plusSeconds(second), sample(0, second))));

    List<EngineSample> kept = log.since(START);
    assertThat(kept).hasSizeBetween(7_000, 14_400);
    assertThat(kept.getFirst().at()).isZero();
    assertThat(kept.getLast().at()).isGreaterThan((seconds - 100) * SECOND);
  }
}
