package io.streamgauge.controller.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.dataset.Turn;
import io.streamgauge.common.plan.request.RequestShape;
import java.util.Optional;

/**
 * How many tokens a request may need, or the last turn of a session.
 *
 * @param known whether the prompt's are known; else they are of the size of its texts, without what
 *     a chat template adds
 */
record TokenNeed(long prompt, boolean known, long answer) {
  /** About so many bytes of UTF-8 are a token, of most scripts and tokenizers. */
  private static final int BYTES_A_TOKEN = 4;

  static TokenNeed of(Prompt prompt, RequestShape shape) {
    Optional<Long> known = known(prompt);
    long answer = answer(prompt, shape);
    return new TokenNeed(
        known.orElseGet(() -> Math.ceilDiv(bytes(prompt.content()), BYTES_A_TOKEN))
            + prompt.later().stream().mapToLong(turn -> more(turn, answer)).sum(),
        known.isPresent(),
        answer);
  }

  /** By which a turn makes the prompt longer: the answer before it is of any length. */
  private static long more(Turn turn, long answer) {
    long said = bytes(turn.messages()) + turn.recorded().map(TokenNeed::bytes).orElse(0L);
    return Math.ceilDiv(said, BYTES_A_TOKEN) + (turn.live() ? answer : 0);
  }

  static Optional<Long> known(Prompt prompt) {
    return prompt.content() instanceof PromptContent.Tokens tokens
        ? Optional.of((long) tokens.ids().size())
        : prompt.inputTokens().map(Integer::longValue);
  }

  long all() {
    return prompt + answer;
  }

  private static long answer(Prompt prompt, RequestShape shape) {
    long usual = shape.answerLimit(prompt.maxTokens());
    return prompt.content() instanceof PromptContent.Body(ObjectNode body)
        ? RequestShape.limitOf(body).orElse(usual)
        : usual;
  }

  private static long bytes(PromptContent content) {
    return switch (content) {
      case PromptContent.Text(String text) -> bytes(text);
      case PromptContent.Messages(ArrayNode messages, Optional<ArrayNode> tools) ->
          bytes(messages) + tools.map(list -> bytes(list.toString())).orElse(0L);
      case PromptContent.Body(ObjectNode body) ->
          bytes(body.path("messages")) + bytes(body.path("prompt")) + bytes(body.path("input"));
      case PromptContent.Tokens tokens -> (long) BYTES_A_TOKEN * tokens.ids().size();
    };
  }

  /** Of texts and token ids; what else there is, such as images, is not looked at. */
  private static long bytes(JsonNode node) {
    if (node.isTextual()) {
      return bytes(node.textValue());
    }
    if (node.isNumber()) {
      return BYTES_A_TOKEN;
    }
    return node.isArray()
        ? node.valueStream().mapToLong(TokenNeed::bytes).sum()
        : node.isObject() ? bytes(node.path("content")) + bytes(node.path("text")) : 0;
  }

  private static long bytes(String text) {
    return text.codePoints()
        .mapToLong(letter -> letter < 0x80 ? 1 : letter < 0x800 ? 2 : letter < 0x1_0000 ? 3 : 4)
        .sum();
  }
}
