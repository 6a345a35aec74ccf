package io.streamgauge.agent.client;

import io.streamgauge.agent.stream.http.ErrorBody;
import io.streamgauge.common.measure.Outcome;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** What an exception or a status means for a request. */
public final class Failures {
  private static final int MESSAGE_LENGTH = 200;

  /** What native transports put before the system's own words. */
  private static final Pattern NATIVE_CALL =
      Pattern.compile("^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ");

  private static final Pattern NO_WORDS = Pattern.compile("^(null(?=: )|NoRouteToHostException$)");

  /** The outcome of a failure before a connection was there. */
  static Outcome connecting(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnknownHostException _, UnresolvedAddressException _ -> {
          return Outcome.UNKNOWN_HOST;
        }
        case SSLException _ -> {
          return Outcome.TLS_FAILED;
        }
        case ConnectException _, NoRouteToHostException _, TimeoutException _ -> {
          return Outcome.CONNECT_FAILED;
        }
        default -> {}
      }
    }
    return Outcome.CONNECT_FAILED;
  }

  /** The outcome of an HTTP error. */
  public static Outcome status(int status, ErrorBody body) {
    return switch (status) {
      case 401, 403 -> Outcome.UNAUTHORIZED;
      case 429 -> Outcome.RATE_LIMITED;
      case 404 -> body.modelMissing() ? Outcome.MODEL_NOT_FOUND : Outcome.NOT_FOUND;
      default -> {
        if (body.modelMissing()) {
          yield Outcome.MODEL_NOT_FOUND;
        }
        yield status >= 500
            ? Outcome.SERVER_ERROR
            : status >= 400 ? Outcome.CLIENT_ERROR : Outcome.UNEXPECTED_STATUS;
      }
    };
  }

  /** An exception's own words and those of its first cause, on one line. */
  public static String message(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = words(error);
    String whole = text.contains(words(root)) ? text : text + ": " + words(root);
    return whole.length() <= MESSAGE_LENGTH ? whole : whole.substring(0, MESSAGE_LENGTH);
  }

  private static String words(Throwable error) {
    String text =
        error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    if (error instanceof NoRouteToHostException) { // of which Netty says "null"
      text = NO_WORDS.matcher(text).replaceFirst("No route to host");
    }
    return NATIVE_CALL.matcher(text).replaceFirst("").replaceAll("\\s+", " ").strip();
  }

  private Failures() {}
}
