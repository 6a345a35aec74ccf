package io.streamgauge.agent.sim.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;

/**
 * A prompt as the simulation sees it: a hash that its reply is drawn from, and a count of tokens.
 *
 * <p>The count is {@code ⌈words × 4 / 3⌉}, at least 1, words being what white space separates; a
 * prompt of token ids counts its ids.
 */
public record PromptText(long hash, int tokens) {
  public static PromptText of(String text) {
    int words = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      boolean letter = !Character.isWhitespace(text.charAt(i));
      if (letter && !inside) {
        words++;
      }
      inside = letter;
    }
    return new PromptText(AnswerSeeds.hash(text), (int) Math.max(1, Math.ceilDiv(words * 4L, 3L)));
  }

  public static PromptText ofMessages(JsonNode messages) {
    StringJoiner text = new StringJoiner("\n");
    for (JsonNode message : messages) {
      JsonNode content = message.path("content");
      if (content.isArray()) {
        content.forEach(part -> text.add(part.path("text").asText("")));
      } else {
        text.add(content.asText(""));
      }
    }
    return of(text.toString());
  }

  public static PromptText ofPrompt(JsonNode prompt) {
    if (prompt.isTextual()) {
      return of(prompt.asText());
    }
    if (prompt.size() == 1 && !prompt.path(0).isNumber()) {
      return ofPrompt(prompt.path(0));
    }
    return new PromptText(AnswerSeeds.hash(prompt.toString()), prompt.size());
  }
}
