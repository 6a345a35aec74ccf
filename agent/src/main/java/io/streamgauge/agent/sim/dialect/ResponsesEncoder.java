package io.streamgauge.agent.sim.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.sim.SimulatedFailures;
import io.streamgauge.agent.sim.Vocabulary;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** The events of OpenAI's {@code responses}. */
final class ResponsesEncoder implements EventEncoder {
  private static final String PLACE =
      "\"item_id\":\"msg_0\",\"output_index\":0,\"content_index\":0";

  private final InferenceRequest request;
  private final NamedEvents events;
  private final String response;
  private final byte[] beforeTokens;
  private final byte[] afterTokens;

  ResponsesEncoder(InferenceRequest request, String id, String model, long created, boolean crlf) {
    this.request = request;
    this.events = new NamedEvents(crlf);
    this.response =
        "\"response\":{\"id\":\"resp_%s\",\"object\":\"response\",\"created_at\":%d,\"model\":\"%s\""
            .formatted(EventEncoder.quote(id), created, EventEncoder.quote(model));
    this.beforeTokens =
        events.opened("response.output_text.delta", PLACE + ",\"delta\":\"").getBytes(UTF_8);
    this.afterTokens = events.closed("\"").getBytes(UTF_8);
  }

  @Override
  public Buffer comment() {
    return events.comment();
  }

  @Override
  public List<Buffer> opening(boolean role) {
    String running = response + ",\"status\":\"in_progress\",\"output\":[],\"usage\":null}";
    return List.of(
        events.event("response.created", running),
        events.event("response.in_progress", running),
        events.event(
            "response.output_item.added",
            "\"output_index\":0,\"item\":{\"id\":\"msg_0\",\"type\":\"message\","
                + "\"role\":\"assistant\",\"status\":\"in_progress\",\"content\":[]}"),
        events.event(
            "response.content_part.added",
            PLACE + ",\"part\":{\"type\":\"output_text\",\"text\":\"\",\"annotations\":[]}"));
  }

  @Override
  public void appendTokens(Buffer out, Vocabulary vocabulary, long textSeed, int from, int to) {
    out.appendBytes(beforeTokens);
    vocabulary.append(out, textSeed, from, to);
    out.appendBytes(afterTokens);
  }

  /** Its closing events repeat the text, which is to be counted once. */
  @Override
  public List<Buffer> closing(
      Vocabulary vocabulary, long textSeed, String reason, int tokens, boolean done) {
    boolean whole = reason.equals("stop");
    String status = whole ? "completed" : "incomplete";
    Buffer text = Buffer.buffer(events.opened("response.output_text.done", PLACE + ",\"text\":\""));
    vocabulary.append(text, textSeed, 0, tokens);
    List<Buffer> closing = new ArrayList<>();
    closing.add(text.appendString(events.closed("\"")));
    if (done) {
      closing.add(
          events.event(
              "response." + status,
              "%s,\"status\":\"%s\",\"incomplete_details\":%s,\"usage\":%s}"
                  .formatted(
                      response,
                      status,
                      whole ? "null" : "{\"reason\":\"max_output_tokens\"}",
                      usage(request, tokens))));
    }
    return closing;
  }

  static String usage(InferenceRequest request, int tokens) {
    int prompt = request.prompt().tokens();
    return "{\"input_tokens\":%d,\"output_tokens\":%d,\"total_tokens\":%d}"
        .formatted(prompt, tokens, prompt + tokens);
  }

  @Override
  public List<Buffer> failing() {
    return List.of(
        events.event(
            "response.failed",
            response
                + ",\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"%s\"}}"
                    .formatted(EventEncoder.quote("" + SimulatedFailures.midway().getMessage()))));
  }

  @Override
  public Buffer broken() {
    return events.broken("response.output_text.delta");
  }
}
