package io.streamgauge.common.dataset;

import io.streamgauge.common.TextDigest;
import java.util.List;

/**
 * Names a list of prompts by what is in it, so that it need not be sent to whoever has it.
 *
 * @param hash over all that the prompts tell of themselves, in their order
 */
public record PromptsId(String hash, int count) {
  public PromptsId {
    if (count < 1) {
      throw new IllegalArgumentException("%d prompts, expected 1 or more".formatted(count));
    }
  }

  public static PromptsId of(List<Prompt> prompts) {
    TextDigest digest = new TextDigest();
    prompts.forEach(prompt -> add(digest, prompt));
    return new PromptsId(digest.end(), prompts.size());
  }

  /** Adds the next prompt to a digest whose end will be the hash. */
  public static void add(TextDigest digest, Prompt prompt) {
    digest
        .text(prompt.id())
        .text(prompt.category())
        .text(prompt.content().json().toString())
        .number(prompt.maxTokens().orElse(0))
        .number(prompt.inputTokens().orElse(0));
    prompt.later().forEach(turn -> digest.text(turn.hashed()));
  }
}
