package io.streamgauge.agent.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.engine.ContextLimit;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.util.Optional;

/**
 * Where engines tell how many requests they serve at once: llama.cpp its slots in {@code /props},
 * SGLang its running requests in {@code /server_info}. vLLM does not tell. Both tell there, too,
 * how many tokens they take for a request.
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

  /** Requests at once, and tokens for each, as far as they are told. */
  record Told(Optional<Integer> requests, Optional<ContextLimit> context) {
    static final Told NOTHING = new Told(Optional.empty(), Optional.empty());

    Told or(Told other) {
      return new Told(requests.or(other::requests), context.or(other::context));
    }
  }

  /** What the answer says; an answer of something else says nothing. */
  Told read(byte[] body) {
    try {
      JsonNode answer = Json.MAPPER.readTree(body);
      return switch (this) {
        case LLAMA_CPP -> new Told(count(answer.path("total_slots")), ToldContext.ofProps(answer));
        case SGLANG -> new Told(sglang(answer), ToldContext.ofServerInfo(answer));
      };
    } catch (IOException _) {
      return Told.NOTHING;
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

  static Optional<Integer> count(JsonNode value) {
    return Optional.of(value)
        .filter(v -> v.isIntegralNumber() && v.canConvertToInt() && v.intValue() > 0)
        .map(JsonNode::intValue);
  }
}
