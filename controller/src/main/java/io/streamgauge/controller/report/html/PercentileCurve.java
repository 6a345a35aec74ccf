package io.streamgauge.controller.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.SampleFloor;

/**
 * Latency by percentile up to p99.99. The axis is in nines, {@code -log10(1 - q)}: 1 is p90, 2 is
 * p99, 4 is p99.99. Beyond {@code floor} there are too few samples for a percentile.
 */
public final class PercentileCurve {
  private static final int STEPS_A_NINE = 20;
  private static final int NINES = 4;

  public static ObjectNode of(Distribution distribution) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode nines = json.putArray("nines");
    ArrayNode millis = json.putArray("ms");
    double floor = 0;
    for (int step = 0; step <= STEPS_A_NINE * NINES; step++) {
      double at = (double) step / STEPS_A_NINE;
      double quantile = 1 - Math.pow(10, -at);
      if (distribution.count() * (1 - quantile) < 1) {
        break;
      }
      Column.put(nines, at);
      Column.put(millis, distribution.quantileMillis(quantile).orElse(Column.NOTHING));
      if (quantile <= 0.5 || distribution.count() >= SampleFloor.of(quantile)) {
        floor = at;
      }
    }
    json.put("floor", floor);
    json.put("count", distribution.count());
    return json;
  }

  private PercentileCurve() {}
}
