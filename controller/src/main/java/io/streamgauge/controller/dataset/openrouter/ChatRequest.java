package io.streamgauge.controller.dataset.openrouter;

import java.util.List;

/** The body of a chat call. */
public record ChatRequest(
    String model, List<ChatMessage> messages, double temperature, int maxTokens) {
  public ChatRequest {
    messages = List.copyOf(messages);
  }
}
