package io.streamgauge.common.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.PlanException;

/** Which call of the OpenAI API the load uses. */
public enum ApiEndpoint {
  CHAT("chat", "/v1/chat/completions"),
  COMPLETIONS("completions", "/v1/completions");

  private final String label;
  private final String path;

  ApiEndpoint(String label, String path) {
    this.label = label;
    this.path = path;
  }

  @JsonValue
  public String label() {
    return label;
  }

  public String path() {
    return path;
  }

  @JsonCreator
  public static ApiEndpoint parse(String text) {
    for (ApiEndpoint endpoint : values()) {
      if (endpoint.label.equals(text)) {
        return endpoint;
      }
    }
    throw new PlanException("endpoint", text, "chat or completions");
  }
}
