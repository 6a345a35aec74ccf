package io.streamgauge.agent.sim;

import io.vertx.core.buffer.Buffer;

/** A reply as one JSON answer. */
final class WholeEncoder {
  static Buffer encode(Reply reply, String id, String model, long created, Vocabulary vocabulary) {
    Api api = reply.request().api();
    int tokens = reply.schedule().tokens();
    Buffer out =
        Buffer.buffer(
            "{\"id\":\"%s\",\"object\":\"%s\",\"created\":%d,\"model\":\"%s\",\"choices\":[{\"index\":0,"
                .formatted(
                    EventEncoder.quote(api.idPrefix() + id),
                    api.object(false),
                    created,
                    EventEncoder.quote(model)));
    out.appendString(
        switch (api) {
          case CHAT -> "\"message\":{\"role\":\"assistant\",\"content\":\"";
          case COMPLETIONS -> "\"text\":\"";
        });
    vocabulary.append(out, reply.textSeed(), 0, tokens);
    out.appendString(
        switch (api) {
          case CHAT -> "\",\"refusal\":null,\"reasoning\":null}";
          case COMPLETIONS -> "\"";
        });
    return out.appendString(
        ",\"logprobs\":null,\"finish_reason\":\"%s\",\"stop_reason\":null}],\"usage\":{\"prompt_tokens\":%d,\"total_tokens\":%d,\"completion_tokens\":%d,\"prompt_tokens_details\":null}}"
            .formatted(
                reply.finishReason(), reply.promptTokens(), reply.promptTokens() + tokens, tokens));
  }

  private WholeEncoder() {}
}
