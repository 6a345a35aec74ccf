package io.streamgauge.agent.sim.dialect;

import io.streamgauge.agent.sim.reply.InferenceRequest;
import io.streamgauge.agent.sim.reply.Vocabulary;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** The events of OpenAI's {@code responses}. */
final class ResponsesEncoder extends NamedEncoder {
  private static final String PLACE =
      "\"item_id\":\"msg_0\",\"output_index\":0,\"content_index\":0";

  private final String response;

  private ResponsesEncoder(InferenceRequest request, String response, boolean crlf) {
    super(request, crlf, "response.output_text.delta", PLACE + ",\"delta\":\"", "\"");
    this.response = response;
  }

  static ResponsesEncoder open(
      InferenceRequest request, String id, String model, long created, boolean crlf) {
    String response =
        "\"response\":{\"id\":\"resp_%s\",\"object\":\"response\",\"created_at\":%d,\"model\":\"%s\""
            .formatted(quote(id), created, quote(model));
    return new ResponsesEncoder(request, response, crlf);
  }

  @Override
  public List<Buffer> opening(boolean role) {
    String running = response + ",\"status\":\"in_progress\",\"output\":[],\"usage\":null}";
    return List.of(
        event("response.created", running),
        event("response.in_progress", running),
        event(
            "response.output_item.added",
            "\"output_index\":0,\"item\":{\"id\":\"msg_0\",\"type\":\"message\","
                + "\"role\":\"assistant\",\"status\":\"in_progress\",\"content\":[]}"),
        event(
            "response.content_part.added",
            PLACE + ",\"part\":{\"type\":\"output_text\",\"text\":\"\",\"annotations\":[]}"));
  }

  /** Its closing events repeat the text, which is to be counted once. */
  @Override
  public List<Buffer> closing(
      Vocabulary vocabulary, long textSeed, String reason, int tokens, boolean done) {
    boolean whole = reason.equals("stop");
    String status = whole ? "completed" : "incomplete";
    Buffer text = Buffer.buffer(opened("response.output_text.done", PLACE + ",\"text\":\""));
    vocabulary.append(text, textSeed, 0, tokens);
    List<Buffer> closing = new ArrayList<>();
    closing.add(text.appendBuffer(block("\"}")));
    if (done) {
      closing.add(
          event(
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
        event(
            "response.failed",
            response
                + ",\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"%s\"}}"
                    .formatted(quote("" + SimulatedFailures.midway().getMessage()))));
  }
}
