package io.streamgauge.controller.dataset;

import io.streamgauge.common.dataset.Prompt;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The kinds of prompt that a generated dataset is spread over. */
public enum Category {
  CODING("coding", "write, explain, review or mend code in some common language"),
  REASONING("reasoning", "work out a conclusion step by step from facts that are given"),
  CREATIVE_WRITING("creative writing", "write a story, a poem, a dialogue or a scene"),
  SUMMARIZATION("summarization", "shorten a text of 100 to 300 words that the prompt contains"),
  QUESTION_ANSWERING("question answering", "answer a question, from knowledge or a given text"),
  EXTRACTION("extraction", "find data in a text that the prompt contains and give it as asked"),
  TRANSLATION("translation", "translate a passage, which the prompt contains, between languages"),
  MATH("math", "solve a mathematical problem and show the steps"),
  ROLEPLAY("roleplay", "play a part in a conversation that the prompt sets up");

  private final String label;
  private final String task;

  Category(String label, String task) {
    this.label = label;
    this.task = task;
  }

  /** The category as a dataset names it. */
  public String label() {
    return label;
  }

  String task() {
    return task;
  }

  Stream<Prompt> in(List<Prompt> prompts) {
    return prompts.stream().filter(prompt -> prompt.category().equals(label));
  }

  /** The first of those with the fewest prompts: taken again and again, it spreads them evenly. */
  static Category fewest(List<Prompt> prompts) {
    return Arrays.stream(values())
        .min(Comparator.comparingLong(category -> category.in(prompts).count()))
        .orElseThrow();
  }
}
