package io.streamgauge.agent.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.util.Optional;

/**
 * Where engines tell how many requests they serve at once: llama.cpp its slots in {@code /props},
 * SGLang its running requests in {@code /server_info}. vLLM does not tell.
 */
enum ServingLimit {
  LLAMA_CPP("/props"),
  SGLANG("/server_info");

  private final String path;

  ServingLimit(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  /** What the answer says; an answer of something else says nothing. */
  Optional<Integer> read(byte[] body) {
    try {
      JsonNode answer = Json.MAPPER.readTree(body);
      return switch (this) {
        case LLAMA_CPP -> count(answer.path("total_slots"));
        case SGLANG -> sglang(answer);
      };
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** What its memory allows, where it says so, else what it was started with; of all its parts. */
  private static Optional<Integer> sglang(JsonNode answer) {
    int parts = count(answer.path("dp_size")).orElse(1);
    return count(
            answer.path("internal_states").path(0).path("effective_max_running_requests_per_dp"))
        .map(each -> (int) Math.min(Integer.MAX_VALUE, (long) each * parts))
        .or(() -> count(answer.path("max_running_requests")));
  }

  private static Optional<Integer> count(JsonNode value) {
    return Optional.of(value)
        .filter(v -> v.isIntegralNumber() && v.canConvertToInt() && v.intValue() > 0)
        .map(JsonNode::intValue);
  }
}
