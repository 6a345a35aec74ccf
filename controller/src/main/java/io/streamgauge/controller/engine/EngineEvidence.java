package io.streamgauge.controller.engine;

import io.streamgauge.common.engine.CacheReset;
import io.streamgauge.common.engine.EngineQuantity;
import io.streamgauge.common.engine.EngineReading;
import io.streamgauge.common.engine.EngineSample;
import io.streamgauge.common.histogram.Distribution;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a server told of itself over a level.
 *
 * @param agent that asked it
 * @param before the reading just before the level, if one came
 * @param after the reading just after it, if one came
 * @param samples those between, timed in ns from the level's start
 */
public record EngineEvidence(
    String agent,
    Optional<EngineReading> before,
    Optional<EngineReading> after,
    List<EngineSample> samples) {
  public EngineEvidence {
    samples = List.copyOf(samples);
  }

  Optional<CacheReset> cache() {
    return before.flatMap(EngineReading::cache);
  }

  /** Why the page told nothing at the level's start or end. */
  Optional<String> trouble() {
    return trouble(before, "before").or(() -> trouble(after, "after"));
  }

  private static Optional<String> trouble(Optional<EngineReading> reading, String when) {
    return reading.isPresent()
        ? reading.flatMap(EngineReading::trouble)
        : Optional.of("no word of the reading %s the level".formatted(when));
  }

  /**
   * By how much each counter grew from the reading before to the one after. One that fell began
   * anew in between, with the server: then nothing is known of any.
   */
  Map<EngineQuantity, Double> growth() {
    Map<EngineQuantity, Double> from = values(before);
    Map<EngineQuantity, Double> to = values(after);
    Map<EngineQuantity, Double> growth = new EnumMap<>(EngineQuantity.class);
    for (EngineQuantity quantity : EngineQuantity.values()) {
      Double start = from.get(quantity);
      Double end = to.get(quantity);
      if (quantity.kind() != EngineQuantity.Kind.GAUGE && start != null && end != null) {
        growth.put(quantity, end - start);
      }
    }
    return growth.values().stream().anyMatch(by -> by < 0) ? Map.of() : growth;
  }

  private static Map<EngineQuantity, Double> values(Optional<EngineReading> reading) {
    return reading.flatMap(EngineReading::sample).map(EngineSample::values).orElse(Map.of());
  }

  /** How late a simulated engine was in the level; empty where it is none, or began anew. */
  Optional<ScheduleError> scheduleError() {
    Optional<Distribution> from = before.flatMap(EngineReading::scheduleError);
    Optional<Distribution> to = after.flatMap(EngineReading::scheduleError);
    return from.flatMap(start -> to.flatMap(end -> end.since(start))).flatMap(ScheduleError::of);
  }

  /** What was looked for and found in the prefix cache; empty where it is not told. */
  public Optional<PrefixUse> prefixUse() {
    Map<EngineQuantity, Double> growth = growth();
    Double queries = growth.get(EngineQuantity.PREFIX_CACHE_QUERIES);
    Double hits = growth.get(EngineQuantity.PREFIX_CACHE_HITS);
    return queries == null || hits == null || queries == 0
        ? Optional.empty()
        : Optional.of(new PrefixUse(Math.round(queries), Math.round(hits)));
  }

  /** In tokens. */
  public record PrefixUse(long queries, long hits) {}
}
