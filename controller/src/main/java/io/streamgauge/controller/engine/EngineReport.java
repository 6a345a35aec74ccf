package io.streamgauge.controller.engine;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.streamgauge.common.engine.CacheReset;
import io.streamgauge.common.engine.EngineQuantity;
import io.streamgauge.common.engine.EngineSample;
import io.streamgauge.common.measure.Window;
import io.streamgauge.controller.engine.EngineMean.ClientMean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a server told of itself over a level, as the result holds it.
 *
 * @param trouble why something of it is missing
 * @param gauges over the samples in the level's window, by key
 * @param counters by how much they grew from just before the level to just after it, by key
 * @param scheduleError of a simulated engine
 */
public record EngineReport(
    String agent,
    Optional<CacheReset> cacheReset,
    Optional<String> trouble,
    Map<String, Gauge> gauges,
    Map<String, Long> counters,
    Optional<EngineMean> ttft,
    Optional<EngineMean> itl,
    Optional<ScheduleError> scheduleError,
    List<Point> samples) {
  private static final double MILLI = 1e6;
  private static final double PRECISION = 1e6;

  /** A gauge's mean and greatest value over so many samples. */
  public record Gauge(double mean, double max, int samples) {}

  /** What was read at one moment, ms from the level's start. */
  public record Point(@JsonProperty("t_ms") double timeMs, @JsonIgnore Map<String, Double> values) {
    @JsonAnyGetter
    Map<String, Double> byKey() {
      return values;
    }
  }

  /** {@code window} in ns from the level's start. */
  public static EngineReport of(
      EngineEvidence evidence, Window window, ClientMean ttft, ClientMean itl) {
    Map<EngineQuantity, Double> growth = evidence.growth();
    List<EngineSample> inside =
        evidence.samples().stream().filter(sample -> window.holds(sample.at())).toList();
    Map<String, Long> counters = new LinkedHashMap<>();
    growth.forEach(
        (quantity, by) -> {
          if (quantity.kind() == EngineQuantity.Kind.COUNTER) {
            counters.put(quantity.key(), Math.round(by));
          }
        });
    return new EngineReport(
        evidence.agent(),
        evidence.cache(),
        evidence.trouble(),
        gauges(inside),
        counters,
        EngineMean.of(growth, EngineQuantity.TTFT_SUM, EngineQuantity.TTFT_COUNT, ttft),
        EngineMean.of(growth, EngineQuantity.ITL_SUM, EngineQuantity.ITL_COUNT, itl),
        evidence.scheduleError(),
        inside.stream().map(EngineReport::point).toList());
  }

  private static Map<String, Gauge> gauges(List<EngineSample> samples) {
    Map<String, Gauge> gauges = new LinkedHashMap<>();
    for (EngineQuantity quantity : EngineQuantity.values()) {
      double[] values =
          samples.stream()
              .filter(sample -> sample.values().containsKey(quantity))
              .mapToDouble(sample -> sample.values().getOrDefault(quantity, 0.0))
              .toArray();
      if (quantity.kind() == EngineQuantity.Kind.GAUGE && values.length > 0) {
        double sum = 0;
        double max = 0;
        for (double value : values) {
          sum += value;
          max = Math.max(max, value);
        }
        gauges.put(
            quantity.key(), new Gauge(rounded(sum / values.length), rounded(max), values.length));
      }
    }
    return gauges;
  }

  private static Point point(EngineSample sample) {
    Map<String, Double> values = new LinkedHashMap<>();
    sample
        .values()
        .forEach(
            (quantity, value) -> {
              if (quantity.kind() != EngineQuantity.Kind.PART) {
                values.put(quantity.key(), rounded(value));
              }
            });
    return new Point(Math.round(sample.at() / MILLI * 1e3) / 1e3, values);
  }

  private static double rounded(double value) {
    return Math.round(value * PRECISION) / PRECISION;
  }
}
