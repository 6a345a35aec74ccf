package io.streamgauge.common.plan.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.PlanException;
import java.util.Arrays;
import java.util.Optional;

/** Which call of a server's API the load uses: OpenAI's, and Anthropic's {@code messages}. */
public enum ApiEndpoint {
  CHAT("chat", "/chat/completions", "messages", "max_tokens"),
  COMPLETIONS("completions", "/completions", "prompt", "max_tokens"),
  RESPONSES("responses", "/responses", "input", "max_output_tokens"),
  MESSAGES("messages", "/messages", "messages", "max_tokens"),
  EMBEDDINGS("embeddings", "/embeddings", "input", "");

  public static final String EXPECTED = "chat, completions, responses, messages or embeddings";

  private final String label;
  private final String path;
  private final String promptField;
  private final String maxTokensField;

  ApiEndpoint(String label, String path, String promptField, String maxTokensField) {
    this.label = label;
    this.path = path;
    this.promptField = promptField;
    this.maxTokensField = maxTokensField;
  }

  @JsonValue
  public String label() {
    return label;
  }

  /** What follows the version in a URL. */
  public String path() {
    return path;
  }

  /** The field that holds the prompt. */
  String promptField() {
    return promptField;
  }

  /** The field that limits an answer; empty where answers have no tokens. */
  public Optional<String> maxTokensField() {
    return Optional.of(maxTokensField).filter(name -> !name.isEmpty());
  }

  /** The endpoint that a path ends in, slashes behind it aside. */
  static Optional<ApiEndpoint> named(String path) {
    String bare = path.replaceFirst("/+$", "");
    return Arrays.stream(values()).filter(endpoint -> bare.endsWith(endpoint.path)).findFirst();
  }

  @JsonCreator
  public static ApiEndpoint parse(String text) {
    for (ApiEndpoint endpoint : values()) {
      if (endpoint.label.equals(text)) {
        return endpoint;
      }
    }
    throw new PlanException("endpoint", text, EXPECTED);
  }
}
