package io.streamgauge.controller.api.guard;

import io.streamgauge.controller.api.answer.Answers;
import io.streamgauge.controller.api.answer.Problem;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Lets in whoever shows the token, where one is needed.
 *
 * @param token accepts the right one
 */
public record TokenGuard(Optional<Predicate<String>> token) implements Handler<RoutingContext> {
  /** The page itself holds nothing: what it shows it fetches with the token of its user. */
  private static final Set<String> OPEN = Set.of("/", "/health/live", "/health/ready");

  private static final String SCHEME = "Bearer ";

  @Override
  public void handle(RoutingContext call) {
    String header = Objects.requireNonNullElse(call.request().getHeader("Authorization"), "");
    if (token.isEmpty()
        || OPEN.contains(call.normalizedPath())
        || (header.startsWith(SCHEME) && token.get().test(header.substring(SCHEME.length())))) {
      call.next();
      return;
    }
    call.response().putHeader("WWW-Authenticate", "Bearer realm=\"streamgauge\"");
    Answers.problem(
        call,
        Problem.of(
            401,
            "Unauthorized",
            header.isEmpty()
                ? "a bearer token is needed"
                : "the bearer token is not the right one"));
  }
}
