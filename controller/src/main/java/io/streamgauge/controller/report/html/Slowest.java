package io.streamgauge.controller.report.html;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.measure.RequestRecord;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The requests of a level that took longest from their due time to their end, whatever it was. */
final class Slowest {
  private static final int MOST = 20;
  private static final double NANOS = 1e6;

  private final PriorityQueue<RequestRecord> kept =
      new PriorityQueue<>(Comparator.comparingLong(Slowest::took));

  private static long took(RequestRecord request) {
    return request.ended() - request.due();
  }

  void add(RequestRecord request) {
    if (request.sent() != NONE && request.ended() != NONE) {
      kept.add(request);
      if (kept.size() > MOST) {
        kept.poll();
      }
    }
  }

  /** The slowest first; times are ms from the level's start. */
  ArrayNode json() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    kept.stream()
        .sorted(Comparator.comparingLong(Slowest::took).reversed())
        .forEach(request -> json.add(row(request)));
    return json;
  }

  private static ObjectNode row(RequestRecord request) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("id", request.requestId());
    row.put("agent", request.agent());
    row.put("prompt", request.promptId());
    row.put("outcome", request.outcome().label());
    row.put("error", request.error());
    row.put("tokens", request.outputTokens());
    put(row, "due", request.due());
    put(row, "sent", request.sent());
    put(row, "first_byte", request.firstByte());
    put(row, "first_token", request.firstToken());
    put(row, "last_token", request.lastToken());
    put(row, "end", request.ended());
    return row;
  }

  private static void put(ObjectNode row, String name, long nanos) {
    if (nanos != NONE) {
      row.put(name, Math.round(nanos / NANOS * 1000) / 1000.0);
    }
  }
}
