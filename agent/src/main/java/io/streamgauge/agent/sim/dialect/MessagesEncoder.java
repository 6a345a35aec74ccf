package io.streamgauge.agent.sim.dialect;

import io.streamgauge.agent.sim.reply.InferenceRequest;
import io.streamgauge.agent.sim.reply.Vocabulary;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** The events of Anthropic's {@code messages}. */
final class MessagesEncoder extends NamedEncoder {
  private final String message;

  private MessagesEncoder(InferenceRequest request, String message, boolean crlf) {
    super(
        request,
        crlf,
        "content_block_delta",
        "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"",
        "\"}");
    this.message = message;
  }

  static MessagesEncoder open(InferenceRequest request, String id, String model, boolean crlf) {
    String message =
        "\"id\":\"msg_%s\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"%s\""
            .formatted(quote(id), quote(model));
    return new MessagesEncoder(request, message, crlf);
  }

  @Override
  public List<Buffer> opening(boolean role) {
    return List.of(
        event(
            "message_start",
            "\"message\":{%s,\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":%d,\"output_tokens\":0}}"
                .formatted(message, request.prompt().tokens())),
        event(
            "content_block_start",
            "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"),
        event("ping", ""));
  }

  @Override
  public List<Buffer> closing(
      Vocabulary vocabulary, long textSeed, String reason, int tokens, boolean done) {
    List<Buffer> closing = new ArrayList<>();
    closing.add(event("content_block_stop", "\"index\":0"));
    closing.add(
        event(
            "message_delta",
            "\"delta\":{\"stop_reason\":\"%s\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":%d}"
                .formatted(reason(reason), tokens)));
    if (done) {
      closing.add(event("message_stop", ""));
    }
    return closing;
  }

  static String reason(String finish) {
    return finish.equals("stop") ? "end_turn" : "max_tokens";
  }

  @Override
  public List<Buffer> failing() {
    return List.of(
        event(
            "error",
            "\"error\":{\"type\":\"api_error\",\"message\":\"%s\"}"
                .formatted(quote("" + SimulatedFailures.midway().getMessage()))));
  }
}
