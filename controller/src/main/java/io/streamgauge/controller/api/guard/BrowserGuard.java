package io.streamgauge.controller.api.guard;

import io.streamgauge.controller.api.answer.Answers;
import io.streamgauge.controller.api.answer.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pages of others, which a user's browser has open, from calling the API in the user's
 * place. Such a page can call any address from inside the user's network. It is told by its origin,
 * which browsers send along with whatever changes something; and by the name in {@code Host} when
 * that name was made to lead here (DNS rebinding), after which the browser takes the API for a part
 * of the page. An address in its place cannot be made to lead anywhere.
 *
 * @param bound the name or address that the API is served at
 * @param token whether callers need one, which a page of others does not have: then the API may go
 *     by any name
 */
public record BrowserGuard(String bound, boolean token) implements Handler<RoutingContext> {
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  @Override
  public void handle(RoutingContext call) {
    refusal(call.request()).ifPresentOrElse(problem -> Answers.problem(call, problem), call::next);
  }

  private Optional<Problem> refusal(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    String name = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
    if (!token && !known(name)) {
      return Optional.of(
          Problem.of(
              421,
              "Misdirected request",
              ("Host: '%s' is not valid, expected an address, localhost or %s: bind the API to this"
                      + " name (--http) to call it so")
                  .formatted(name, bound)));
    }
    return SAFE.contains(request.method()) || own(request)
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                403,
                "Forbidden",
                "Origin: '%s' is not valid, expected this API's own: pages of others may not call it"
                    .formatted(request.getHeader("Origin"))));
  }

  private boolean known(String name) {
    String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return plain.equals("localhost")
        || plain.equalsIgnoreCase(bound)
        || plain.matches("\\d{1,3}(\\.\\d{1,3}){3}")
        || plain.matches("\\[?[0-9a-f]*:[0-9a-f:.]+]?");
  }

  /** Programs send neither header. */
  private static boolean own(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    return (site == null || OWN_SITES.contains(site))
        && (origin == null || sameHost(origin, request.getHeader("Host")));
  }

  private static boolean sameHost(String origin, @Nullable String host) {
    try {
      return host != null && host.equalsIgnoreCase(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
