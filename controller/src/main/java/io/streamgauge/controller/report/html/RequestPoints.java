package io.streamgauge.controller.report.html;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * A level's requests as points of time: each its own up to {@link #MOST}, beyond that by {@link
 * #BINS} equal spans of time. Times are ms from the level's start.
 */
final class RequestPoints {
  static final int MOST = 10_000;
  static final int BINS = 400;

  private static final double NANOS = 1e6;

  /** In the order in which the page is told of them. */
  private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

  private final Column at = new Column();
  private final Column end = new Column();
  private final Column ttft = new Column();
  private final Column e2e = new Column();
  private final Column tokens = new Column();
  private final Column outcome = new Column();

  void add(RequestRecord request) {
    at.add((request.sent() == NONE ? request.due() : request.sent()) / NANOS);
    end.add(
        request.sent() == NONE || request.ended() == NONE
            ? Column.NOTHING
            : request.ended() / NANOS);
    ttft.add(millis(request.value(Metric.TTFT)));
    e2e.add(millis(request.value(Metric.E2E)));
    tokens.add((double) request.outputTokens());
    outcome.add((double) OUTCOMES.indexOf(request.outcome()));
  }

  private static double millis(OptionalLong nanos) {
    return nanos.isPresent() ? nanos.getAsLong() / NANOS : Column.NOTHING;
  }

  /** When the last one ended, in ms. */
  double last() {
    double last = 0;
    for (int i = 0; i < at.size(); i++) {
      last = Math.max(last, Double.isNaN(end.get(i)) ? at.get(i) : end.get(i));
    }
    return last;
  }

  /** How many were on their way at the beginning of each step. */
  ArrayNode inFlight(double step, int steps) {
    int[] change = new int[steps + 1];
    for (int i = 0; i < at.size(); i++) {
      if (!Double.isNaN(end.get(i))) {
        change[Math.clamp((long) Math.ceil(at.get(i) / step), 0, steps)]++;
        change[Math.clamp((long) Math.ceil(end.get(i) / step), 0, steps)]--;
      }
    }
    ArrayNode json = JsonNodeFactory.instance.arrayNode(steps);
    int now = 0;
    for (int i = 0; i < steps; i++) {
      now += change[i];
      json.add(now);
    }
    return json;
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("requests", at.size());
    ArrayNode outcomes = json.putArray("outcomes");
    OUTCOMES.stream().map(Outcome::label).forEach(outcomes::add);
    if (at.size() > MOST) {
      json.set("bins", bins());
    } else {
      ObjectNode points = json.putObject("points");
      points.set("at", at.json());
      points.set("ttft", ttft.json());
      points.set("e2e", e2e.json());
      points.set("tokens", tokens.json());
      points.set("outcome", outcome.json());
    }
    return json;
  }

  private ObjectNode bins() {
    double step = Math.max(1, last()) / BINS;
    double[][] ttfts = new double[BINS][];
    double[][] e2es = new double[BINS][];
    int[] requests = new int[BINS];
    int[] failed = new int[BINS];
    for (int i = 0; i < at.size(); i++) {
      requests[bin(i, step)]++;
      failed[bin(i, step)] += OUTCOMES.get((int) outcome.get(i)).failed() ? 1 : 0;
    }
    for (int bin = 0; bin < BINS; bin++) {
      ttfts[bin] = new double[requests[bin]];
      e2es[bin] = new double[requests[bin]];
    }
    int[] filled = new int[BINS];
    for (int i = 0; i < at.size(); i++) {
      int bin = bin(i, step);
      ttfts[bin][filled[bin]] = ttft.get(i);
      e2es[bin][filled[bin]++] = e2e.get(i);
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("step_ms", step);
    ArrayNode all = json.putArray("requests");
    ArrayNode bad = json.putArray("failed");
    for (int bin = 0; bin < BINS; bin++) {
      all.add(requests[bin]);
      bad.add(failed[bin]);
    }
    spread(json, "ttft", ttfts);
    spread(json, "e2e", e2es);
    return json;
  }

  private int bin(int i, double step) {
    return Math.clamp((long) (at.get(i) / step), 0, BINS - 1);
  }

  private static void spread(ObjectNode json, String name, double[][] bins) {
    ArrayNode median = json.putArray(name + "_p50");
    ArrayNode greatest = json.putArray(name + "_max");
    for (double[] bin : bins) {
      double[] known = Arrays.stream(bin).filter(value -> !Double.isNaN(value)).sorted().toArray();
      Column.put(median, known.length == 0 ? Column.NOTHING : known[(known.length - 1) / 2]);
      Column.put(greatest, known.length == 0 ? Column.NOTHING : known[known.length - 1]);
    }
  }
}
