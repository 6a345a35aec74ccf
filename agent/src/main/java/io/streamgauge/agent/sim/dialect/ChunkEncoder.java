package io.streamgauge.agent.sim.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.sim.reply.Api;
import io.streamgauge.agent.sim.reply.InferenceRequest;
import io.streamgauge.agent.sim.reply.Vocabulary;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The chunks of chat and completions as vLLM writes them, put together without a formatter: the
 * tokens of other streams wait meanwhile.
 */
final class ChunkEncoder extends EventEncoder {
  private static final String CHAT_AFTER =
      "\"},\"logprobs\":null,\"finish_reason\":null,\"token_ids\":null}]";
  private static final String TEXT_AFTER =
      "\",\"logprobs\":null,\"finish_reason\":null,\"stop_reason\":null,"
          + "\"prompt_token_ids\":null,\"token_ids\":null}]";

  private final boolean chat;
  private final String envelope;

  private ChunkEncoder(InferenceRequest request, String envelope, boolean chat, boolean crlf) {
    super(
        request,
        crlf,
        envelope + (chat ? "{\"index\":0,\"delta\":{\"content\":\"" : "{\"index\":0,\"text\":\""),
        chat ? CHAT_AFTER : TEXT_AFTER);
    this.chat = chat;
    this.envelope = envelope;
  }

  static ChunkEncoder open(
      InferenceRequest request, String id, String model, long created, boolean crlf) {
    Api api = request.api();
    String envelope =
        "data: {\"id\":\""
            + quote(api.idPrefix() + id)
            + "\",\"object\":\""
            + api.object(true)
            + "\",\"created\":"
            + created
            + ",\"model\":\""
            + quote(model)
            + "\",\"choices\":[";
    return new ChunkEncoder(request, envelope, api == Api.CHAT, crlf);
  }

  @Override
  public List<Buffer> opening(boolean role) {
    return role && chat ? List.of(role()) : List.of();
  }

  private Buffer role() {
    return event(
        "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
            + "\"logprobs\":null,\"finish_reason\":null}]"
            + usageSoFar(0)
            + ",\"prompt_token_ids\":null,\"prompt_text\":null");
  }

  @Override
  public List<Buffer> closing(
      Vocabulary vocabulary, long textSeed, String reason, int tokens, boolean done) {
    List<Buffer> events = new ArrayList<>();
    events.add(finish(reason, tokens));
    if (request.includeUsage()) {
      events.add(usage(tokens));
    }
    if (done) {
      events.add(done());
    }
    return events;
  }

  private Buffer finish(String reason, int tokens) {
    String empty = chat ? "\"delta\":{}" : "\"text\":\"\"";
    return event(
        "{\"index\":0,"
            + empty
            + ",\"logprobs\":null,\"finish_reason\":\""
            + reason
            + "\",\"stop_reason\":null,\"token_ids\":null}]"
            + usageSoFar(tokens));
  }

  private Buffer usage(int tokens) {
    return event("],\"usage\":{" + counts(tokens) + "},\"system_fingerprint\":\"simulated\"");
  }

  @Override
  public Buffer broken() {
    return block(envelope + "{\"index\":0,\"del");
  }

  @Override
  public List<Buffer> failing() {
    return List.of(block("data: " + SimulatedFailures.midway().body()), done());
  }

  private Buffer done() {
    return block("data: [DONE]");
  }

  private Buffer event(String rest) {
    return block(envelope + rest + "}");
  }

  @Override
  byte[] more(int tokens) {
    return request.continuousUsage() ? usageSoFar(tokens).getBytes(UTF_8) : super.more(tokens);
  }

  private String usageSoFar(int tokens) {
    return request.continuousUsage()
        ? ",\"usage\":{" + counts(tokens) + ",\"completion_tokens_details\":null}"
        : "";
  }

  private String counts(int tokens) {
    int prompt = request.prompt().tokens();
    return "\"prompt_tokens\":"
        + prompt
        + ",\"total_tokens\":"
        + (prompt + tokens)
        + ",\"completion_tokens\":"
        + tokens;
  }
}
