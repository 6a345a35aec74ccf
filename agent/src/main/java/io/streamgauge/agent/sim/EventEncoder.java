package io.streamgauge.agent.sim;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** The events of one stream as vLLM writes them; what does not change is encoded once. */
final class EventEncoder {
  private final InferenceRequest request;
  private final String lineEnd;
  private final String envelope;
  private final byte[] beforeTokens;
  private final byte[] afterTokens;
  private final byte[] end;

  EventEncoder(InferenceRequest request, String id, String model, long created, boolean crlf) {
    this.request = request;
    this.lineEnd = crlf ? "\r\n" : "\n";
    this.envelope =
        "data: {\"id\":\"%s\",\"object\":\"%s\",\"created\":%d,\"model\":\"%s\",\"choices\":["
            .formatted(
                quote(request.api().idPrefix() + id),
                request.api().object(true),
                created,
                quote(model));
    this.beforeTokens =
        bytes(
            envelope
                + switch (request.api()) {
                  case CHAT -> "{\"index\":0,\"delta\":{\"content\":\"";
                  case COMPLETIONS -> "{\"index\":0,\"text\":\"";
                });
    this.afterTokens =
        bytes(
            switch (request.api()) {
              case CHAT -> "\"},\"logprobs\":null,\"finish_reason\":null,\"token_ids\":null}]";
              case COMPLETIONS ->
                  "\",\"logprobs\":null,\"finish_reason\":null,\"stop_reason\":null,"
                      + "\"prompt_token_ids\":null,\"token_ids\":null}]";
            });
    this.end = bytes("}" + lineEnd + lineEnd);
  }

  Buffer comment() {
    return Buffer.buffer(": keep-alive" + lineEnd + lineEnd);
  }

  Buffer role() {
    return event(
        "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
            + "\"logprobs\":null,\"finish_reason\":null}]"
            + usageSoFar(0)
            + ",\"prompt_token_ids\":null,\"prompt_text\":null");
  }

  /** Appends an event with the tokens {@code from} to {@code to}. */
  void appendTokens(Buffer out, Vocabulary vocabulary, long textSeed, int from, int to) {
    out.appendBytes(beforeTokens);
    vocabulary.append(out, textSeed, from, to);
    out.appendBytes(afterTokens);
    if (request.continuousUsage()) {
      out.appendString(usageSoFar(to));
    }
    out.appendBytes(end);
  }

  Buffer finish(String reason, int tokens) {
    String empty =
        switch (request.api()) {
          case CHAT -> "\"delta\":{}";
          case COMPLETIONS -> "\"text\":\"\"";
        };
    return event(
        "{\"index\":0,%s,\"logprobs\":null,\"finish_reason\":\"%s\",\"stop_reason\":null,\"token_ids\":null}]%s"
            .formatted(empty, reason, usageSoFar(tokens)));
  }

  Buffer usage(int tokens) {
    return event("],\"usage\":{%s},\"system_fingerprint\":\"simulated\"".formatted(counts(tokens)));
  }

  /** An event whose JSON ends too early. */
  Buffer broken() {
    return Buffer.buffer(envelope + "{\"index\":0,\"del" + lineEnd + lineEnd);
  }

  Buffer error() {
    return Buffer.buffer("data: " + Failures.midway().body() + lineEnd + lineEnd);
  }

  Buffer done() {
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

  static String quote(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
