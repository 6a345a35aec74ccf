package io.streamgauge.common.dataset;

import io.streamgauge.common.PlanException;
import java.util.Optional;

/** One prompt of a dataset; {@code maxTokens} is its own output length, where it has one. */
public record Prompt(String id, String category, String text, Optional<Integer> maxTokens) {
  static final String DEFAULT_CATEGORY = "general";

  public Prompt {
    if (id.isBlank()) {
      throw new PlanException("id", Shown.text(id), "a number or a text that is not blank");
    }
    if (category.isBlank()) {
      throw new PlanException("category", Shown.text(category), "a text that is not blank");
    }
    if (text.isBlank()) {
      throw new PlanException("prompt", Shown.text(text), "a text that is not blank");
    }
    if (maxTokens.isPresent() && maxTokens.get() < 1) {
      throw new PlanException("max_tokens", maxTokens.get(), "a whole number of 1 or more");
    }
  }
}
