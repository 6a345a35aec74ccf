package io.streamgauge.controller.engine;

import io.streamgauge.common.engine.EngineReading;
import io.streamgauge.common.engine.EngineSample;
import io.streamgauge.common.message.AgentEvent.EngineBatch;
import io.streamgauge.common.message.AgentEvent.EngineRead;
import io.streamgauge.common.message.AgentEvent.MetricsEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes in what agents read on a server's metrics page during a run; what comes again counts once.
 */
public final class EngineLog {
  private static final long SECOND = 1_000_000_000;

  /** Four hours of a level; of a longer one every second sample is given up, again and again. */
  private static final int MOST = 14_400;

  private final Map<String, Long> nextBatch = new HashMap<>();
  private final Map<Long, EngineReading> readings = new HashMap<>();
  private List<EngineSample> samples = new ArrayList<>();
  private int stride = 1;
  private long arrived;

  /** Takes in an event of the run. */
  public void take(MetricsEvent event) {
    switch (event) {
      case EngineRead read -> readings.putIfAbsent(read.number(), read.reading());
      case EngineBatch batch -> {
        if (batch.number() >= nextBatch.getOrDefault(batch.agent(), 0L)) {
          nextBatch.put(batch.agent(), batch.number() + 1);
          long origin = nanos(batch.origin());
          batch.samples().forEach(sample -> add(sample.earlier(-origin)));
        }
      }
    }
  }

  private void add(EngineSample sample) {
    if (arrived++ % stride != 0) {
      return;
    }
    if (samples.size() == MOST) {
      List<EngineSample> half = new ArrayList<>();
      for (int i = 0; i < samples.size(); i += 2) {
        half.add(samples.get(i));
      }
      samples = half;
      stride *= 2;
    }
    samples.add(sample);
  }

  /** The answer to the order to read with that number. */
  public Optional<EngineReading> reading(long number) {
    return Optional.ofNullable(readings.get(number));
  }

  /** Takes out the samples from {@code origin} on, timed from there; those before are forgotten. */
  public List<EngineSample> since(Instant origin) {
    long start = nanos(origin);
    List<EngineSample> level =
        samples.stream()
            .filter(sample -> sample.at() >= start)
            .map(sample -> sample.earlier(start))
            .toList();
    samples = new ArrayList<>();
    stride = 1;
    arrived = 0;
    return level;
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * SECOND + time.getNano();
  }
}
