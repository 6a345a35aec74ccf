package io.streamgauge.controller.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.common.PlanException;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a run's spans and metrics go, by OTLP over HTTP. Knows nothing of the library that sends
 * them, so that it is not loaded where nobody asks for it.
 *
 * @param base of its URLs, without {@code /v1/traces} and without a slash at the end
 * @param headers of every call; mostly a key
 * @param attributes of whatever is sent, beside its own
 */
public record Collector(String base, Map<String, String> headers, Map<String, String> attributes) {
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
  private static final String ATTRIBUTES = "OTEL_RESOURCE_ATTRIBUTES";
  private static final String SERVICE = "OTEL_SERVICE_NAME";
  private static final String DEFAULT = "http://localhost:4318";

  public Collector {
    base = base.replaceFirst("/+$", "");
    headers = Map.copyOf(headers);
    attributes = Map.copyOf(attributes);
  }

  /**
   * The one of an option, whose value may be empty, and of the variables that are common to all
   * that send OTLP.
   *
   * @throws PlanException when one of them is wrong
   */
  public static Collector of(String option, Map<String, String> environment) {
    Optional<String> variable =
        Optional.ofNullable(environment.get(ENDPOINT)).filter(text -> !text.isBlank());
    Map<String, String> attributes = pairs(ATTRIBUTES, environment);
    attributes.putIfAbsent("service.name", "streamgauge");
    Optional.ofNullable(environment.get(SERVICE))
        .filter(text -> !text.isBlank())
        .ifPresent(name -> attributes.put("service.name", name));
    return new Collector(
        option.isEmpty()
            ? variable.map(text -> url(ENDPOINT, text)).orElse(DEFAULT)
            : url("otlp", option),
        pairs(HEADERS, environment),
        attributes);
  }

  private static String url(String field, String text) {
    try {
      URI url = URI.create(text.strip());
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        if (url.getUserInfo() != null || url.getQuery() != null) { // it is shown in notes
          throw new PlanException(
              field, "…", "a URL without a user and a query; a key goes into " + HEADERS);
        }
        return text.strip();
      }
    } catch (IllegalArgumentException _) {
      // told below, as any other that is none
    }
    throw new PlanException(field, text, "an http or https URL such as " + DEFAULT);
  }

  /** {@code name=value,name=value}, its values encoded as those of URLs are. */
  private static Map<String, String> pairs(String variable, Map<String, String> environment) {
    Map<String, String> pairs = new TreeMap<>();
    for (String pair : environment.getOrDefault(variable, "").split(",", -1)) {
      int sign = pair.indexOf('=');
      if (sign > 0) {
        pairs.put(pair.substring(0, sign).strip(), value(variable, pair.substring(sign + 1)));
      } else if (!pair.isBlank()) {
        throw new PlanException(variable, "…", "name=value, the next behind a comma");
      }
    }
    return pairs;
  }

  private static String value(String variable, String text) {
    try {
      return URLDecoder.decode(text.strip().replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException _) {
      throw new PlanException(variable, "…", "values encoded as in URLs, as %20 for a blank");
    }
  }

  /** Headers may hold a key. */
  @Override
  public String toString() {
    return "Collector[%s]".formatted(base);
  }
}
