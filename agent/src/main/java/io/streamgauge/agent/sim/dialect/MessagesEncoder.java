package io.streamgauge.agent.sim.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.sim.SimulatedFailures;
import io.streamgauge.agent.sim.Vocabulary;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** The events of Anthropic's {@code messages}. */
final class MessagesEncoder implements EventEncoder {
  private final InferenceRequest request;
  private final NamedEvents events;
  private final String message;
  private final byte[] beforeTokens;
  private final byte[] afterTokens;

  MessagesEncoder(InferenceRequest request, String id, String model, boolean crlf) {
    this.request = request;
    this.events = new NamedEvents(crlf);
    this.message =
        "\"id\":\"msg_%s\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"%s\""
            .formatted(EventEncoder.quote(id), EventEncoder.quote(model));
    this.beforeTokens =
        events
            .opened(
                "content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"")
            .getBytes(UTF_8);
    this.afterTokens = events.closed("\"}").getBytes(UTF_8);
  }

  @Override
  public Buffer comment() {
    return events.comment();
  }

  @Override
  public List<Buffer> opening(boolean role) {
    return List.of(
        events.event(
            "message_start",
            "\"message\":{%s,\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":%d,\"output_tokens\":0}}"
                .formatted(message, request.prompt().tokens())),
        events.event(
            "content_block_start",
            "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"),
        events.event("ping", ""));
  }

  @Override
  public void appendTokens(Buffer out, Vocabulary vocabulary, long textSeed, int from, int to) {
    out.appendBytes(beforeTokens);
    vocabulary.append(out, textSeed, from, to);
    out.appendBytes(afterTokens);
  }

  @Override
  public List<Buffer> closing(
      Vocabulary vocabulary, long textSeed, String reason, int tokens, boolean done) {
    List<Buffer> closing = new ArrayList<>();
    closing.add(events.event("content_block_stop", "\"index\":0"));
    closing.add(
        events.event(
            "message_delta",
            "\"delta\":{\"stop_reason\":\"%s\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":%d}"
                .formatted(reason(reason), tokens)));
    if (done) {
      closing.add(events.event("message_stop", ""));
    }
    return closing;
  }

  static String reason(String finish) {
    return finish.equals("stop") ? "end_turn" : "max_tokens";
  }

  @Override
  public List<Buffer> failing() {
    return List.of(
        events.event(
            "error",
            "\"error\":{\"type\":\"api_error\",\"message\":\"%s\"}"
                .formatted(EventEncoder.quote("" + SimulatedFailures.midway().getMessage()))));
  }

  @Override
  public Buffer broken() {
    return events.broken("content_block_delta");
  }
}
