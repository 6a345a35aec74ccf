package io.streamgauge.controller.dataset.openrouter;

/** A model's answer, read. */
public sealed interface GeneratedAnswer {
  record Accepted(String prompt, int maxTokens) implements GeneratedAnswer {}

  /** {@code content} is what the model said, {@code reason} is said to the model and the user. */
  record Rejected(String content, String reason) implements GeneratedAnswer {}
}
