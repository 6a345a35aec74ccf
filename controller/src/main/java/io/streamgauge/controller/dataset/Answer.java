package io.streamgauge.controller.dataset;

/** A model's answer, read. */
sealed interface Answer {
  record Accepted(String prompt, int maxTokens) implements Answer {}

  /** {@code content} is what the model said, {@code reason} is said to the model and the user. */
  record Rejected(String content, String reason) implements Answer {}
}
