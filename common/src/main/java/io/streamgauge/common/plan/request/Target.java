package io.streamgauge.common.plan.request;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.secret.Redaction;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The server under test.
 *
 * @param url as {@link TargetUrl#text} writes it
 * @param model sent with each request, or several as {@link ModelMix} reads them; asked of the
 *     server when empty
 * @param apiKeyEnv the environment variable, on the agent's host, that holds the API key
 * @param headers sent with each request
 * @param options how it wants to be spoken to, where not as usual
 */
public record Target(
    String url,
    Optional<String> model,
    Optional<String> apiKeyEnv,
    Map<String, String> headers,
    TargetOptions options) {
  /** Headers of which a request could have two, or that could end it where it does not end. */
  private static final Set<String> OURS =
      Set.of(
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "upgrade",
          "http2-settings",
          "expect",
          "x-request-id");

  public Target {
    url = TargetUrl.parse(url).text();
    headers = Map.copyOf(headers);
    headers.forEach((name, value) -> checkHeader("headers", name, value));
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    headers
        .keySet()
        .forEach(
            name -> {
              if (!names.add(name)) {
                throw new PlanException("headers", name, "each name once, in whatever case");
              }
            });
    model.ifPresent(name -> Name.check("model", name, "the name of a model"));
    model.ifPresent(ModelMix::of);
    apiKeyEnv.ifPresent(
        name -> {
          if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new PlanException("api_key_env", name, "the name of an environment variable");
          }
        });
    if (options.apiKeyHeader().isPresent() && apiKeyEnv.isEmpty()) {
      throw new PlanException(
          "api_key_header", options.apiKeyHeader().get(), "none without api_key_env");
    }
  }

  /** One that is spoken to as usual. */
  public Target(
      String url, Optional<String> model, Optional<String> apiKeyEnv, Map<String, String> headers) {
    this(url, model, apiKeyEnv, headers, TargetOptions.DEFAULT);
  }

  public Target withModel(String name) {
    return new Target(url, Optional.of(name), apiKeyEnv, headers, options);
  }

  public Target withOptions(TargetOptions others) {
    return new Target(url, model, apiKeyEnv, headers, others);
  }

  public Target redacted() {
    Map<String, String> hidden = new TreeMap<>(headers);
    hidden.replaceAll((_, _) -> Redaction.HIDDEN);
    return new Target(Redaction.shown(url), model, apiKeyEnv, hidden, options.redacted());
  }

  /** Headers may be secret. */
  @Override
  public String toString() {
    return "Target[%s, %s]".formatted(Redaction.shown(url), model.orElse("any model"));
  }

  /** The models among which requests choose, where there are several. */
  public Optional<ModelMix> mix() {
    return model.flatMap(ModelMix::of);
  }

  /** The URL in its parts. */
  public TargetUrl address() {
    return TargetUrl.parse(url);
  }

  /** The headers that go with whatever is asked of it, the key that its environment holds too. */
  public Map<String, String> headers(Optional<String> apiKey) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    apiKey.ifPresent(key -> checkHeader("api_key_env", apiKeyEnv.orElse("key"), key));
    apiKey.ifPresent(
        key ->
            options
                .apiKeyHeader()
                .ifPresentOrElse(
                    name -> all.put(name, key), () -> all.put("Authorization", "Bearer " + key)));
    all.putAll(headers);
    return all;
  }

  static void checkHeader(String field, String name, String value) {
    if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new PlanException(
          field, name, "none that frames the request, belongs to the connection, or is our own");
    }
    if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
        || value.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
      throw new PlanException(field, name + ": …", "a header name and a value on one line");
    }
  }
}
