package io.streamgauge.common.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.streamgauge.common.PlanException;
import java.util.Optional;

/**
 * One prompt of a dataset.
 *
 * @param maxTokens its own output length, where it has one
 * @param inputTokens how many tokens it is meant to be, where the dataset says so
 */
public record Prompt(
    String id,
    String category,
    PromptContent content,
    Optional<Integer> maxTokens,
    Optional<Integer> inputTokens) {
  public static final String DEFAULT_CATEGORY = "general";

  @JsonCreator
  public Prompt {
    if (id.isBlank()) {
      throw new PlanException("id", Shown.text(id), "a number or a text that is not blank");
    }
    if (category.isBlank()) {
      throw new PlanException("category", Shown.text(category), "a text that is not blank");
    }
    positive("max_tokens", maxTokens);
    positive("input_tokens", inputTokens);
  }

  private static void positive(String field, Optional<Integer> tokens) {
    if (tokens.isPresent() && tokens.get() < 1) {
      throw new PlanException(field, tokens.get(), "a whole number of 1 or more");
    }
  }

  /** A text of whatever length it has. */
  public Prompt(String id, String category, String text, Optional<Integer> maxTokens) {
    this(id, category, text, maxTokens, Optional.empty());
  }

  /** A text. */
  public Prompt(
      String id,
      String category,
      String text,
      Optional<Integer> maxTokens,
      Optional<Integer> inputTokens) {
    this(id, category, new PromptContent.Text(text), maxTokens, inputTokens);
  }

  /** What people are shown of it. */
  @JsonIgnore
  public String text() {
    return content.text();
  }

  public Prompt withId(String other) {
    return new Prompt(other, category, content, maxTokens, inputTokens);
  }

  /** The same with another beginning, so that no cache of prefixes helps. */
  public Prompt beginningWith(String mark) {
    return new Prompt(id, category, content.beginningWith(mark), maxTokens, inputTokens);
  }
}
