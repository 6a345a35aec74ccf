package io.streamgauge.controller.dataset;

import io.streamgauge.common.dataset.Prompt;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The kinds of prompt that a generated dataset is spread over. */
enum Category {
  CODING("write, explain, review or mend code in some common language"),
  REASONING("work out a conclusion step by step from facts that are given"),
  CREATIVE_WRITING("write a story, a poem, a dialogue or a scene"),
  SUMMARIZATION("shorten a text of 100 to 300 words that the prompt contains"),
  QUESTION_ANSWERING("answer a question, from knowledge or a given text"),
  EXTRACTION("find data in a text that the prompt contains and give it as asked"),
  TRANSLATION("translate a passage, which the prompt contains, between languages"),
  MATH("solve a mathematical problem and show the steps"),
  ROLEPLAY("play a part in a conversation that the prompt sets up");

  final String task;

  Category(String task) {
    this.task = task;
  }

  /** The category as a dataset names it. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  Stream<Prompt> in(List<Prompt> prompts) {
    return prompts.stream().filter(prompt -> prompt.category().equals(label()));
  }

  /** The first of those with the fewest prompts: taken again and again, it spreads them evenly. */
  static Category fewest(List<Prompt> prompts) {
    return Arrays.stream(values())
        .min(Comparator.comparingLong(category -> category.in(prompts).count()))
        .orElseThrow();
  }
}
