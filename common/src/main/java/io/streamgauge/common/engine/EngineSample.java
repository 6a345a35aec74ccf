package io.streamgauge.common.engine;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * One look at an engine's metrics page.
 *
 * @param at when, in ns from the origin that whoever carries it names
 * @param values what it told; finite and never negative
 */
public record EngineSample(long at, Map<EngineQuantity, Double> values) {
  public EngineSample {
    Map<EngineQuantity, Double> copy = new EnumMap<>(EngineQuantity.class);
    copy.putAll(values);
    copy.forEach(EngineSample::check);
    values = Collections.unmodifiableMap(copy);
  }

  private static void check(EngineQuantity quantity, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "%s: %s, expected a finite number of 0 or more".formatted(quantity.key(), value));
    }
  }

  /** The same, by a clock that shows {@code by} ns less. */
  public EngineSample earlier(long by) {
    return new EngineSample(at - by, values);
  }
}
