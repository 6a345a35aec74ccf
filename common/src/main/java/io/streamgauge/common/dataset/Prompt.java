package io.streamgauge.common.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.streamgauge.common.PlanException;
import java.util.List;
import java.util.Optional;

/**
 * One prompt of a dataset.
 *
 * @param maxTokens its own output length, where it has one
 * @param inputTokens how many tokens it is meant to be, where the dataset says so
 * @param turns that follow it in its conversation; absent where there are none
 */
public record Prompt(
    String id,
    String category,
    PromptContent content,
    Optional<Integer> maxTokens,
    Optional<Integer> inputTokens,
    Optional<List<Turn>> turns) {
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
    turns = turns.filter(list -> !list.isEmpty()).map(List::copyOf);
  }

  static void positive(String field, Optional<Integer> tokens) {
    if (tokens.isPresent() && tokens.get() < 1) {
      throw new PlanException(field, tokens.get(), "a whole number of 1 or more");
    }
  }

  /** One that nothing follows. */
  public Prompt(
      String id,
      String category,
      PromptContent content,
      Optional<Integer> maxTokens,
      Optional<Integer> inputTokens) {
    this(id, category, content, maxTokens, inputTokens, Optional.empty());
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

  /** The turns that follow it. */
  @JsonIgnore
  public List<Turn> later() {
    return turns.orElse(List.of());
  }

  public Prompt withId(String other) {
    return new Prompt(other, category, content, maxTokens, inputTokens, turns);
  }

  public Prompt withContent(PromptContent other) {
    return new Prompt(id, category, other, maxTokens, inputTokens, turns);
  }

  /** The same for answers of another length. */
  public Prompt withMaxTokens(Optional<Integer> other) {
    return new Prompt(id, category, content, other, inputTokens, turns);
  }

  /** The beginning of a conversation; how long it is meant to be is not said of each turn. */
  public Prompt withTurns(List<Turn> others) {
    return new Prompt(
        id,
        category,
        content,
        maxTokens,
        others.isEmpty() ? inputTokens : Optional.empty(),
        Optional.of(others));
  }

  /** The same with another beginning, so that no cache of prefixes helps. */
  public Prompt beginningWith(String mark) {
    return withContent(content.beginningWith(mark));
  }
}
