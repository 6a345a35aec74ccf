package io.streamgauge.common.plan;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.secret.Redaction;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The server under test.
 *
 * @param url as {@link TargetUrl#text} writes it
 * @param model sent with each request; asked of the server when empty
 * @param apiKeyEnv the environment variable, on the agent's host, that holds the API key
 * @param headers sent with each request
 */
public record Target(
    String url, Optional<String> model, Optional<String> apiKeyEnv, Map<String, String> headers) {
  public Target {
    url = TargetUrl.parse(url).text();
    headers = Map.copyOf(headers);
    headers.forEach(Target::checkHeader);
    model.ifPresent(
        name -> {
          if (name.isBlank()) {
            throw new PlanException("model", "\"" + name + "\"", "the name of a model");
          }
        });
    apiKeyEnv.ifPresent(
        name -> {
          if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new PlanException("api_key_env", name, "the name of an environment variable");
          }
        });
  }

  public Target withModel(String name) {
    return new Target(url, Optional.of(name), apiKeyEnv, headers);
  }

  Target redacted() {
    Map<String, String> hidden = new TreeMap<>(headers);
    hidden.replaceAll((_, _) -> Redaction.HIDDEN);
    return new Target(Redaction.shown(url), model, apiKeyEnv, hidden);
  }

  /** Headers may be secret. */
  @Override
  public String toString() {
    return "Target[%s, %s]".formatted(Redaction.shown(url), model.orElse("any model"));
  }

  /** The URL in its parts. */
  public TargetUrl address() {
    return TargetUrl.parse(url);
  }

  private static void checkHeader(String name, String value) {
    if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
        || value.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
      throw new PlanException("headers", name + ": …", "a header name and a value on one line");
    }
  }
}
