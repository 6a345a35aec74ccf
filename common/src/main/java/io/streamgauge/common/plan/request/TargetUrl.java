package io.streamgauge.common.plan.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.secret.Redaction;
import java.net.IDN;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server is, and what is asked of it there. Not a {@link java.net.URI}, which knows no host
 * with an underscore.
 *
 * @param host as a resolver takes it: in lower case, an IPv6 address without brackets
 * @param port where one is written
 * @param path in the form that goes over the wire, without slashes at its end unless it names an
 *     endpoint
 * @param query with its question mark, or empty
 */
public record TargetUrl(
    boolean tls, String host, Optional<Integer> port, String path, String query) {
  private static final String EXPECTED = "http(s)://HOST[:PORT][/PATH][?QUERY]";
  private static final String NAMED = "the name of a host, or an IPv6 address in []";
  private static final Pattern FORM =
      Pattern.compile(
          "(?<scheme>https?)://(?<authority>[^/?#]*)(?<path>[^?#]*)(?<query>\\?[^#]*)?"
              + "(?<fragment>#.*)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern AUTHORITY =
      Pattern.compile("(?<host>\\[[^\\[\\]]*]|[^\\[\\]:]*)(:(?<port>[0-9]{1,9}))?");
  private static final Pattern NAME = Pattern.compile("([a-z0-9_-]{1,63}\\.)*[a-z0-9_-]{1,63}\\.?");
  private static final Pattern VERSION =
      Pattern.compile("(?<root>|.*[^/])/+v[0-9]+(\\.[0-9]+)*([a-z]+[0-9]*)?");
  private static final int LONGEST_NAME = 254;
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Reads a URL as a user writes it.
   *
   * @throws PlanException naming what is wrong with it, without what may be secret
   */
  public static TargetUrl parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw wrong(text, EXPECTED);
    }
    if (form.group("authority").contains("@")) {
      throw wrong(text, "none with a user or password in it: a key goes by api_key_env");
    }
    if (form.group("fragment") != null) {
      throw wrong(text, EXPECTED + ", without #");
    }
    Matcher place = AUTHORITY.matcher(form.group("authority"));
    if (!place.matches()) {
      throw wrong(text, EXPECTED);
    }
    return new TargetUrl(
        form.group("scheme").equalsIgnoreCase("https"),
        host(text, place.group("host")),
        Optional.ofNullable(place.group("port")).map(digits -> port(text, digits)),
        path(encoded(text, form.group("path"))),
        form.group("query") == null ? "" : encoded(text, form.group("query")));
  }

  /** The same in its shortest form, which reads as the same again. */
  public String text() {
    return origin() + path + query;
  }

  /** As it may be shown: without what its query says of keys. */
  public String shown() {
    return Redaction.shown(text());
  }

  /** The endpoint that the path names, if it names one. */
  public Optional<ApiEndpoint> endpoint() {
    return ApiEndpoint.named(path);
  }

  /** What the request line of the load names. */
  public String target(ApiEndpoint endpoint) {
    return (endpoint().isPresent() ? path : api() + endpoint.path()) + query;
  }

  /** What lists the server's models: beside the endpoint. */
  public String models() {
    return api() + "/models" + query;
  }

  /** The same as it may be shown. */
  public String shownModels() {
    return Redaction.shown(models());
  }

  /** A page of the server that is not part of its versioned API. */
  public String page(String name) {
    String api = api();
    Matcher version = VERSION.matcher(api);
    return (version.matches() ? version.group("root") : api) + name;
  }

  /** What the header {@code Host} says. */
  public String authority() {
    return (host.contains(":") ? "[" + host + "]" : host) + port.map(p -> ":" + p).orElse("");
  }

  /** Without path and query. */
  public String origin() {
    return (tls ? "https://" : "http://") + authority();
  }

  /** The port that connections go to. */
  public int connectPort() {
    return port.orElse(tls ? 443 : 80);
  }

  /** The path below which the endpoints lie. */
  private String api() {
    return endpoint()
        .map(named -> path.substring(0, path.lastIndexOf(named.path())))
        .orElseGet(() -> VERSION.matcher(path).matches() ? path : path + "/v1");
  }

  /** A version 1 goes without saying, unless another version or an endpoint is before it. */
  private static String path(String written) {
    String bare = written.replaceFirst("/+$", "");
    if (ApiEndpoint.named(bare).isPresent()) {
      return written;
    }
    String root = bare.replaceFirst("/+v1$", "");
    boolean plain = ApiEndpoint.named(root).isEmpty() && !VERSION.matcher(root).matches();
    return plain ? root : bare;
  }

  private static String host(String url, String written) {
    if (written.startsWith("[")) {
      return address(url, written.substring(1, written.length() - 1));
    }
    String name;
    try {
      name = IDN.toASCII(written).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException _) {
      throw wrong(url, NAMED);
    }
    if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
      throw wrong(url, written.isEmpty() ? EXPECTED : NAMED);
    }
    return name;
  }

  private static String address(String url, String written) {
    if (written.contains("%")) {
      throw wrong(url, "an IPv6 address without a zone");
    }
    try {
      if (written.contains(":")) {
        InetAddress.ofLiteral(written);
        return written.toLowerCase(Locale.ROOT);
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    throw wrong(url, "an IPv6 address within []");
  }

  private static int port(String url, String digits) {
    int port = Integer.parseInt(digits);
    if (port < 1 || port > HIGHEST_PORT) {
      throw wrong(url, "a port from 1 to " + HIGHEST_PORT);
    }
    return port;
  }

  /** What a URL may not hold as it is goes percent-encoded; what is encoded already stays. */
  private static String encoded(String url, String part) {
    if (part.matches("(?s).*(%(?![0-9A-Fa-f]{2})|[\\s\\p{Cntrl}\\\\]).*")) {
      throw wrong(url, "no blank or backslash in it, and two hexadecimal digits behind each %");
    }
    StringBuilder text = new StringBuilder();
    for (byte b : part.getBytes(UTF_8)) {
      boolean kept = b > ' ' && "\"<>^`{|}".indexOf(b) < 0;
      text.append(kept ? String.valueOf((char) b) : "%%%02X".formatted(b));
    }
    return text.toString();
  }

  private static PlanException wrong(String text, String expected) {
    return new PlanException("url", Redaction.shown(text), expected);
  }
}
