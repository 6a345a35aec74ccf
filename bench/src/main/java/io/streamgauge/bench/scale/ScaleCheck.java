package io.streamgauge.bench.scale;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.histogram.Distribution;
import java.util.ArrayList;
import java.util.List;

/** Holds a merged result against what the crowd reported. */
final class ScaleCheck {
  private final List<String> wrong = new ArrayList<>();

  private ScaleCheck() {}

  /** What is not as it should be, of the level in {@code result} and the rows beside it. */
  static List<String> of(JsonNode result, long rows, Crowd crowd) {
    ScaleCheck check = new ScaleCheck();
    JsonNode level = result.at("/levels/0");
    JsonNode metrics = level.path("metrics");
    check.same("status", result.at("/run/status").asText(), "completed");
    check.same("requests", metrics.at("/requests/total").asLong(), crowd.all());
    check.same("successful", metrics.at("/requests/successful").asLong(), crowd.all());
    check.same("rows", rows, crowd.all());
    check.same("output tokens", metrics.path("output_tokens").asLong(), crowd.all() * Crowd.TOKENS);
    check.same(
        "input tokens", metrics.path("input_tokens").asLong(), crowd.all() * Crowd.INPUT_TOKENS);
    check.same("gaps", metrics.at("/itl_ms/count").asLong(), crowd.all() * (Crowd.TOKENS - 1));
    check.same("agents", level.at("/client/agents").size(), crowd.agents());
    Distribution truth = crowd.ttfts();
    check.same("TTFT histogram", metrics.at("/ttft_ms/hdr").asText(), truth.hdr());
    check.same(
        "TTFT mean",
        Math.round(metrics.at("/ttft_ms/mean").asDouble() * 1e3),
        Math.round(truth.meanMillis().orElseThrow() * 1e3));
    return check.wrong;
  }

  private void same(String what, Object found, Object expected) {
    if (!String.valueOf(found).equals(String.valueOf(expected))) {
      wrong.add("%s: %s, expected %s".formatted(what, found, expected));
    }
  }
}
