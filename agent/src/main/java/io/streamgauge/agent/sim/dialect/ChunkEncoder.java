package io.streamgauge.agent.sim.dialect;

import io.streamgauge.agent.sim.SimulatedFailures;
import io.streamgauge.agent.sim.Vocabulary;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The chunks of chat and completions as vLLM writes them. */
final class ChunkEncoder implements EventEncoder {
  private final InferenceRequest request;
  private final boolean chat;
  private final String lineEnd;
  private final String envelope;
  private final byte[] beforeTokens;
  private final byte[] afterTokens;
  private final byte[] end;

  ChunkEncoder(InferenceRequest request, String id, String model, long created, boolean crlf) {
    this.request = request;
    this.chat = request.api() == Api.CHAT;
    this.lineEnd = crlf ? "\r\n" : "\n";
    this.envelope =
        "data: {\"id\":\"%s\",\"object\":\"%s\",\"created\":%d,\"model\":\"%s\",\"choices\":["
            .formatted(
                EventEncoder.quote(request.api().idPrefix() + id),
                request.api().object(true),
                created,
                EventEncoder.quote(model));
    this.beforeTokens =
        bytes(
            envelope
                + (chat ? "{\"index\":0,\"delta\":{\"content\":\"" : "{\"index\":0,\"text\":\""));
    this.afterTokens =
        bytes(
            chat
                ? "\"},\"logprobs\":null,\"finish_reason\":null,\"token_ids\":null}]"
                : "\",\"logprobs\":null,\"finish_reason\":null,\"stop_reason\":null,"
                    + "\"prompt_token_ids\":null,\"token_ids\":null}]");
    this.end = bytes("}" + lineEnd + lineEnd);
  }

  @Override
  public Buffer comment() {
    return Buffer.buffer(": keep-alive" + lineEnd + lineEnd);
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
  public void appendTokens(Buffer out, Vocabulary vocabulary, long textSeed, int from, int to) {
    out.appendBytes(beforeTokens);
    vocabulary.append(out, textSeed, from, to);
    out.appendBytes(afterTokens);
    if (request.continuousUsage()) {
      out.appendString(usageSoFar(to));
    }
    out.appendBytes(end);
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
        "{\"index\":0,%s,\"logprobs\":null,\"finish_reason\":\"%s\",\"stop_reason\":null,\"token_ids\":null}]%s"
            .formatted(empty, reason, usageSoFar(tokens)));
  }

  private Buffer usage(int tokens) {
    return event("],\"usage\":{%s},\"system_fingerprint\":\"simulated\"".formatted(counts(tokens)));
  }

  @Override
  public Buffer broken() {
    return Buffer.buffer(envelope + "{\"index\":0,\"del" + lineEnd + lineEnd);
  }

  @Override
  public List<Buffer> failing() {
    return List.of(
        Buffer.buffer("data: " + SimulatedFailures.midway().body() + lineEnd + lineEnd), done());
  }

  private Buffer done() {
    return Buffer.buffer("data: [DONE]" + lineEnd + lineEnd);
  }

  private Buffer event(String rest) {
    return Buffer.buffer(envelope + rest).appendBytes(end);
  }

  private String usageSoFar(int tokens) {
    return request.continuousUsage()
        ? ",\"usage\":{%s,\"completion_tokens_details\":null}".formatted(counts(tokens))
        : "";
  }

  private String counts(int tokens) {
    int prompt = request.prompt().tokens();
    return "\"prompt_tokens\":%d,\"total_tokens\":%d,\"completion_tokens\":%d"
        .formatted(prompt, prompt + tokens, tokens);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
