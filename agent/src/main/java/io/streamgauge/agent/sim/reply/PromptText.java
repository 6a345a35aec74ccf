package io.streamgauge.agent.sim.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;

/**
 * A prompt as the simulation sees it: a hash that its reply is drawn from, and a count of tokens.
 *
 * <p>A word, which white space ends, is a token for every six letters that it begins, so that words
 * add up; a prompt is one at least, and one of token ids counts its ids.
 */
public record PromptText(long hash, int tokens) {
  private static final int LETTERS = 6;

  public static PromptText of(String text) {
    int tokens = 0;
    int letters = 0;
    for (int i = 0; i < text.length(); i++) {
      letters = Character.isWhitespace(text.charAt(i)) ? 0 : letters + 1;
      tokens += letters % LETTERS == 1 ? 1 : 0;
    }
    return new PromptText(AnswerSeeds.hash(text), Math.max(1, tokens));
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
