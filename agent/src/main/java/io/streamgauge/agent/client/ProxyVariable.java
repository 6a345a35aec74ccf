package io.streamgauge.agent.client;

import io.streamgauge.common.plan.request.TargetUrl;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxy that an environment names for a target. It is not used, because it would be measured in
 * the target's place; the user should know.
 */
final class ProxyVariable {
  /** The variable that names one, as other programs read it. */
  static Optional<String> of(TargetUrl target, Map<String, String> environment) {
    return exempt(target.host(), environment)
        ? Optional.empty()
        : names(target.tls() ? "https_proxy" : "http_proxy", "all_proxy")
            .filter(name -> !environment.getOrDefault(name, "").isBlank())
            .findFirst();
  }

  private static boolean exempt(String host, Map<String, String> environment) {
    List<String> rules =
        names("no_proxy")
            .map(name -> environment.getOrDefault(name, ""))
            .flatMap(list -> Arrays.stream(list.split("[,\\s]+")))
            .map(rule -> rule.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
            .filter(rule -> !rule.isEmpty())
            .toList();
    return rules.stream()
        .anyMatch(rule -> rule.equals("*") || host.equals(rule) || host.endsWith("." + rule));
  }

  private static Stream<String> names(String... lower) {
    return Arrays.stream(lower).flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT)));
  }

  private ProxyVariable() {}
}
