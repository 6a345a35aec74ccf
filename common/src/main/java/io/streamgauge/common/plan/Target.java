package io.streamgauge.common.plan;

import io.streamgauge.common.PlanException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The server under test.
 *
 * @param url scheme, host and port, without a trailing slash and without {@code /v1}
 * @param model sent with each request; asked of the server when empty
 * @param apiKeyEnv the environment variable, on the agent's host, that holds the API key
 * @param headers sent with each request
 */
public record Target(
    String url, Optional<String> model, Optional<String> apiKeyEnv, Map<String, String> headers) {
  private static final String EXPECTED =
      "http://HOST[:PORT] or https://HOST[:PORT], with or without /v1";

  public Target {
    url = base(url);
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
    hidden.replaceAll((_, _) -> "(hidden)");
    return new Target(url, model, apiKeyEnv, hidden);
  }

  public URI uri() {
    return URI.create(url);
  }

  /** The port that connections go to. */
  public int port() {
    return uri().getPort() > 0 ? uri().getPort() : uri().getScheme().equals("https") ? 443 : 80;
  }

  private static String base(String text) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw wrong(text);
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http
        || uri.getHost() == null
        || uri.getQuery() != null
        || uri.getFragment() != null
        || uri.getUserInfo() != null
        || uri.getPort() == 0
        || uri.getPort() > 65_535
        || uri.getRawAuthority().endsWith(":")) {
      throw wrong(text);
    }
    return uri.getScheme()
        + "://"
        + uri.getRawAuthority()
        + uri.getRawPath().replaceFirst("(/+v1)?/*$", "");
  }

  /** User and password stay out of the message. */
  private static PlanException wrong(String text) {
    return new PlanException("url", text.replaceFirst("//[^/]*@", "//(hidden)@"), EXPECTED);
  }

  private static void checkHeader(String name, String value) {
    if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
        || value.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
      throw new PlanException("headers", name + ": …", "a header name and a value on one line");
    }
  }
}
