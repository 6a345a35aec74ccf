package io.streamgauge.controller.api.guard;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.streamgauge.controller.api.answer.Problem;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What of a request's head is looked at before anybody else reads it, since readers may trip. */
public final class RequestHead {
  private static final Pattern WRONG_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._~-]*|\\[[0-9A-Fa-f:.]+])(:[0-9]{0,5})?");

  /** Why the request is refused. */
  public static Optional<Problem> refusal(HttpServerRequest request) {
    if (WRONG_ESCAPE.matcher(request.uri()).find()
        || request.uri().chars().anyMatch(Character::isISOControl)) {
      return wrong("the path or the query is not percent-encoded right");
    }
    List<String> hosts = request.headers().getAll("Host");
    return hosts.stream().allMatch(host -> HOST.matcher(host).matches()) && hosts.size() < 2
        ? Optional.empty()
        : wrong("Host: expected one name or address, with or without a port");
  }

  /** Why a head could not even be decoded. */
  public static Problem unreadable(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ ->
          Problem.of(414, "Too long", "the request line is too long");
      case TooLongHttpHeaderException _ -> Problem.of(431, "Too long", "the headers are too long");
      default -> Problem.of(400, "Bad request", "the request cannot be read");
    };
  }

  private static Optional<Problem> wrong(String detail) {
    return Optional.of(Problem.of(400, "Bad request", detail));
  }

  private RequestHead() {}
}
