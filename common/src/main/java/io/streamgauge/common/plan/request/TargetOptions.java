package io.streamgauge.common.plan.request;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.secret.Redaction;
import java.util.Optional;

/**
 * How a server wants to be spoken to, where it is not as usual.
 *
 * @param apiKeyHeader the header that carries the API key bare; else it is a bearer token
 * @param trust whose word the server's certificate needs
 * @param engineMetrics where the engine's own counters are read: a URL, or {@code none}
 * @param body fields of every request, over the plan's
 * @param maxTokensField what the limit of an answer is called, over the plan's
 */
public record TargetOptions(
    Optional<String> apiKeyHeader,
    Trust trust,
    Optional<String> engineMetrics,
    Optional<BodyFields> body,
    Optional<String> maxTokensField) {
  public static final String NO_METRICS = "none";
  public static final TargetOptions DEFAULT =
      new TargetOptions(
          Optional.empty(), Trust.SYSTEM, Optional.empty(), Optional.empty(), Optional.empty());

  public TargetOptions {
    apiKeyHeader.ifPresent(name -> Target.checkHeader("api_key_header", name, ""));
    engineMetrics = engineMetrics.map(TargetOptions::metrics);
    body = body.filter(fields -> !fields.isEmpty());
    maxTokensField.ifPresent(TargetOptions::checkField);
  }

  private static String metrics(String text) {
    try {
      return text.equals(NO_METRICS) ? text : TargetUrl.parse(text).text();
    } catch (PlanException e) {
      throw new PlanException(
          "engine_metrics", e.value().orElse(text), "none, or " + e.expected().orElse("a URL"));
    }
  }

  static void checkField(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]{0,99}")) {
      throw new PlanException(
          "max_tokens_field", name, "the name of a field such as max_completion_tokens");
    }
  }

  /** As they may be shown. */
  public TargetOptions redacted() {
    return new TargetOptions(
        apiKeyHeader,
        trust,
        engineMetrics.map(Redaction::shown),
        body.map(BodyFields::redacted),
        maxTokensField);
  }

  /** Whether the server's own counters are left alone. */
  public boolean noMetrics() {
    return engineMetrics.filter(NO_METRICS::equals).isPresent();
  }
}
