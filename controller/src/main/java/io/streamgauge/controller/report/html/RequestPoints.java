package io.streamgauge.controller.report.html;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A level's requests as points of time: each its own up to {@link #MOST}, beyond that by {@link
 * #BINS} equal spans of time. Times are ms from the level's start.
 */
final class RequestPoints {
  static final int MOST = 10_000;
  static final int BINS = 400;
  private static final int LENGTHS = 100;
  private static final int AGENT_BINS = 60;
  private static final int AGENTS = 24;

  private static final double NANOS = 1e6;

  /** In the order in which the page is told of them. */
  private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

  private final Column at = new Column();
  private final Column end = new Column();
  private final Column ttft = new Column();
  private final Column e2e = new Column();
  private final Column tokens = new Column();
  private final Column outcome = new Column();
  private final Column agent = new Column();
  private final Map<String, Integer> agents = new HashMap<>();

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
    agent.add(agents.computeIfAbsent(request.agent(), _ -> agents.size()));
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

  /** Of a level that lasted so many ms. */
  ObjectNode json(double lasted) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("requests", at.size());
    json.put("last_sent_ms", Math.round(Math.max(0, at.greatest())));
    ArrayNode outcomes = json.putArray("outcomes");
    OUTCOMES.stream().map(Outcome::label).forEach(outcomes::add);
    if (at.size() > MOST) {
      json.set("bins", bins(lasted));
      json.set("lengths", lengths());
    } else {
      ObjectNode points = json.putObject("points");
      points.set("at", at.json());
      points.set("ttft", ttft.json());
      points.set("e2e", e2e.json());
      points.set("tokens", tokens.json());
      points.set("outcome", outcome.json());
    }
    if (agents.size() > 1) {
      json.set("agents", byAgent(lasted));
    }
    return json;
  }

  private ObjectNode bins(double lasted) {
    Spans spans = new Spans(at, lasted, BINS, _ -> true);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("step_ms", spans.step());
    spans.count(json.putArray("requests"), _ -> true);
    spans.count(json.putArray("failed"), i -> OUTCOMES.get((int) outcome.get(i)).failed());
    spans.spread(json, "ttft", ttft);
    spans.spread(json, "e2e", e2e);
    return json;
  }

  private ObjectNode lengths() {
    Spans spans = new Spans(tokens, tokens.greatest(), LENGTHS, _ -> true);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("step_tokens", spans.step());
    spans.spread(json, "e2e", e2e);
    return json;
  }

  /** Of the first ones alone, because nobody looks at hundreds of charts. */
  private ArrayNode byAgent(double lasted) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    agents.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .limit(AGENTS)
        .forEach(
            one -> {
              Spans spans =
                  new Spans(at, lasted, AGENT_BINS, i -> (int) agent.get(i) == one.getValue());
              ObjectNode of = json.addObject().put("agent", one.getKey());
              of.put("step_ms", spans.step());
              spans.count(of.putArray("requests"), _ -> true);
              spans.spread(of, "ttft", ttft);
            });
    return json;
  }
}
