package io.streamgauge.agent.sim.dialect;

import io.streamgauge.agent.sim.reply.AnswerSeeds;
import io.streamgauge.agent.sim.reply.Api;
import io.streamgauge.agent.sim.reply.Reply;
import io.streamgauge.agent.sim.reply.Vocabulary;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.stream.Collectors;

/** A reply as one JSON answer. */
public final class WholeEncoder {
  private static final int DIMENSIONS = 8;

  public static Buffer encode(
      Reply reply, String id, String model, long created, Vocabulary vocabulary) {
    Api api = reply.request().api();
    int tokens = reply.schedule().tokens();
    String head =
        "{\"id\":\"%s\",\"object\":\"%s\",\"created\":%d,\"model\":\"%s\","
            .formatted(
                EventEncoder.quote(api.idPrefix() + id),
                api.object(false),
                created,
                EventEncoder.quote(model));
    if (api == Api.EMBEDDINGS) {
      return Buffer.buffer(head + embedding(reply));
    }
    Buffer out = Buffer.buffer(head + before(api));
    vocabulary.append(out, reply.textSeed(), 0, tokens);
    return out.appendString(after(api, reply, tokens));
  }

  private static String before(Api api) {
    return switch (api) {
      case CHAT -> "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"";
      case COMPLETIONS -> "\"choices\":[{\"index\":0,\"text\":\"";
      case RESPONSES ->
          "\"output\":[{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\","
              + "\"text\":\"";
      case MESSAGES ->
          "\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"";
      case EMBEDDINGS -> "";
    };
  }

  private static String after(Api api, Reply reply, int tokens) {
    return switch (api) {
      case CHAT -> "\",\"refusal\":null,\"reasoning\":null}" + finish(reply, tokens);
      case COMPLETIONS -> "\"" + finish(reply, tokens);
      case RESPONSES ->
          "\"}]}],\"status\":\"%s\",\"usage\":%s}"
              .formatted(
                  reply.finishReason().equals("stop") ? "completed" : "incomplete",
                  ResponsesEncoder.usage(reply.request(), tokens));
      case MESSAGES ->
          "\"}],\"stop_reason\":\"%s\",\"usage\":{\"input_tokens\":%d,\"output_tokens\":%d}}"
              .formatted(
                  MessagesEncoder.reason(reply.finishReason()), reply.promptTokens(), tokens);
      case EMBEDDINGS -> "";
    };
  }

  private static String finish(Reply reply, int tokens) {
    return ",\"logprobs\":null,\"finish_reason\":\"%s\",\"stop_reason\":null}],\"usage\":{\"prompt_tokens\":%d,\"total_tokens\":%d,\"completion_tokens\":%d,\"prompt_tokens_details\":null}}"
        .formatted(
            reply.finishReason(), reply.promptTokens(), reply.promptTokens() + tokens, tokens);
  }

  private static String embedding(Reply reply) {
    String vector =
        AnswerSeeds.random(reply.textSeed(), AnswerSeeds.TEXT, 0)
            .doubles(DIMENSIONS, -1, 1)
            .mapToObj(value -> String.format(Locale.ROOT, "%.6f", value))
            .collect(Collectors.joining(","));
    return "\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[%s]}],\"usage\":{\"prompt_tokens\":%d,\"total_tokens\":%d}}"
        .formatted(vector, reply.promptTokens(), reply.promptTokens());
  }

  private WholeEncoder() {}
}
