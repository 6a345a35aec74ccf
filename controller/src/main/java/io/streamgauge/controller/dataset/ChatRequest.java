package io.streamgauge.controller.dataset;

import java.util.List;

/** The body of a chat call. */
record ChatRequest(String model, List<ChatMessage> messages, double temperature, int maxTokens) {
  ChatRequest {
    messages = List.copyOf(messages);
  }
}
