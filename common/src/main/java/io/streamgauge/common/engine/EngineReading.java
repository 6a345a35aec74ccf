package io.streamgauge.common.engine;

import io.streamgauge.common.histogram.Distribution;
import java.util.Optional;

/**
 * A look at an engine that the controller asked for, at a level's start or end.
 *
 * @param sample what its metrics page told; its time counts as the reading's carrier says
 * @param trouble why there is none
 * @param cache what became of its prefix cache just before, where that was to be emptied
 * @param scheduleError how late a simulated engine was with all that it wrote so far
 */
public record EngineReading(
    Optional<EngineSample> sample,
    Optional<String> trouble,
    Optional<CacheReset> cache,
    Optional<Distribution> scheduleError) {
  public EngineReading {
    if (sample.isPresent() == trouble.isPresent()) {
      throw new IllegalArgumentException(
          "sample: %s beside trouble: %s, expected one of them".formatted(sample, trouble));
    }
  }

  /** Of a server that has no schedule to keep. */
  public EngineReading(
      Optional<EngineSample> sample, Optional<String> trouble, Optional<CacheReset> cache) {
    this(sample, trouble, cache, Optional.empty());
  }
}
