package io.streamgauge.deploy.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why a call to a controller brought no answer, in words that say what to do. */
final class Unreachable {
  static String reason(URI base, IOException error) {
    return switch (error) {
      case HttpConnectTimeoutException _ ->
          "no connection in time: the host is down, or a firewall drops what comes for this port";
      case HttpTimeoutException _ -> "connected, but no answer came in time";
      case ConnectException connect -> connect(base, connect);
      case NoRouteToHostException _ -> "there is no route to the host";
      case SSLException tls -> tls(tls);
      default ->
          cause(error, SSLException.class)
              .map(Unreachable::tls)
              .orElseGet(() -> plain(base, error));
    };
  }

  private static String connect(URI base, ConnectException error) {
    return cause(error, UnresolvedAddressException.class).isPresent()
        ? "the name %s does not resolve on this host".formatted(base.getHost())
        : "connection refused: no controller can be reached there; is it started, and with this"
            + " --http?";
  }

  private static String tls(SSLException error) {
    String text = String.valueOf(error.getMessage());
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("unsupported or unrecognized ssl message")) {
      return "no TLS is spoken there: the URL begins with http://, or the controller wants"
          + " --tls-cert and the rest";
    }
    if (lower.contains("path building failed") || lower.contains("unable to find valid")) {
      return "its certificate is of no authority that is trusted here: give the controller's"
          + " --tls-ca";
    }
    if (lower.contains("no subject alternative") || lower.contains("no name matching")) {
      return "its certificate is not for this name: " + text;
    }
    return "the TLS handshake fails: " + text;
  }

  /** A TLS server hangs up on who speaks plain HTTP to it. */
  private static String plain(URI base, IOException error) {
    String text = String.valueOf(error.getMessage());
    return base.getScheme().equals("http")
            && (text.contains("received no bytes") || text.contains("Connection reset"))
        ? "it hung up: the URL of a controller with TLS begins with https://"
        : text;
  }

  private static <T extends Throwable> Optional<T> cause(Throwable error, Class<T> kind) {
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (kind.isInstance(at)) {
        return Optional.of(kind.cast(at));
      }
    }
    return Optional.empty();
  }

  private Unreachable() {}
}
