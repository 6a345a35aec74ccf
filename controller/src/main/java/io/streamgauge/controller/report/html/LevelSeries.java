package io.streamgauge.controller.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.histogram.TokenSeries;
import io.streamgauge.common.measure.RequestRecord;

/** How one level went, by time. */
final class LevelSeries {
  /** Steps of time over a level, at most; none is shorter than 100 ms. */
  private static final int STEPS = 400;

  private static final double LEAST_STEP = 100;
  private static final double BIN = TokenSeries.BIN_NANOS / 1e6;

  private final RequestPoints points = new RequestPoints();
  private final GapMap gaps = new GapMap();
  private final Slowest slowest = new Slowest();

  void add(RequestRecord request) {
    points.add(request);
    gaps.add(request);
    slowest.add(request);
  }

  /** With the tokens that arrived in the level. */
  ObjectNode json(TokenSeries tokens) {
    double last = points.last();
    double step = Math.ceil(Math.max(LEAST_STEP, last / STEPS) / BIN) * BIN;
    int steps = (int) Math.ceil(last / step);
    ObjectNode json = points.json(last);
    gaps.put(json, last);
    json.put("step_ms", step);
    json.set("in_flight", points.inFlight(step, steps));
    ArrayNode rates = json.putArray("tokens_per_s");
    for (int i = 0; i < steps; i++) {
      long from = Math.round(i * step * 1e6);
      long to = Math.round((i + 1) * step * 1e6);
      Column.put(rates, tokens.within(from, to) * 1e9 / (to - from));
    }
    json.set("slowest", slowest.json());
    return json;
  }
}
