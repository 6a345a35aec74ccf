package io.streamgauge.common.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Secrets that are known by their very text, to be masked wherever a server or an engine says them
 * again.
 *
 * @param values none of them a part of a later one
 */
public record KnownSecrets(List<String> values) {
  public static final KnownSecrets NONE = new KnownSecrets(List.of());

  /** What is shorter is hidden by its name alone: it would be found in any text. */
  private static final int SHORTEST = 4;

  /** What is shorter is masked where it stands as a word of its own. */
  private static final int SHORTEST_PART = 8;

  private static final Pattern SCHEME = Pattern.compile("(?i)(bearer|basic|token)\\s+(\\S+)");

  /** Headers that say nothing of who sends them. */
  private static final Set<String> OPEN_HEADERS =
      Set.of(
          "accept",
          "accept-encoding",
          "accept-language",
          "cache-control",
          "content-type",
          "origin",
          "pragma",
          "priority",
          "referer",
          "te",
          "traceparent",
          "tracestate",
          "user-agent");

  public KnownSecrets {
    values = List.copyOf(values);
  }

  /** Also of what a list or an {@code Authorization} is made of. */
  public static KnownSecrets of(Collection<String> secrets) {
    return new KnownSecrets(
        secrets.stream()
            .flatMap(KnownSecrets::parts)
            .map(text -> text.replaceAll("^[\"']|[\"']$", "").strip())
            .filter(text -> text.length() >= SHORTEST && !text.equals(Redaction.HIDDEN))
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  /** Those that go to a server with each request. */
  public static KnownSecrets of(String url, Collection<String> keys, Map<String, String> headers) {
    Redaction address = new Redaction();
    address.text(url);
    Stream<String> values =
        headers.entrySet().stream()
            .filter(header -> !OPEN_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT)))
            .map(Map.Entry::getValue);
    return of(
        Stream.of(keys.stream(), values, address.found().values().stream())
            .flatMap(texts -> texts)
            .toList());
  }

  private static Stream<String> parts(String secret) {
    Matcher scheme = SCHEME.matcher(secret.strip());
    Stream<String> bare =
        scheme.matches()
            ? Stream.concat(Stream.of(scheme.group(2)), basic(scheme.group(2)))
            : Stream.concat(
                Stream.of(secret.split("[,;]\\s*", -1)),
                Stream.of(secret.substring(secret.indexOf(':') + 1)));
    return Stream.concat(Stream.of(secret), bare)
        .flatMap(text -> Stream.of(text, text.replaceFirst("^[\\w-]{1,32}=(?=.{4})", "")));
  }

  /** User and password, and the password alone. */
  private static Stream<String> basic(String credentials) {
    try {
      String plain = new String(Base64.getDecoder().decode(credentials), UTF_8);
      return plain.indexOf(':') < 0
          ? Stream.empty()
          : Stream.of(plain, plain.substring(plain.indexOf(':') + 1));
    } catch (IllegalArgumentException _) {
      return Stream.empty();
    }
  }

  /** The text without them; also without the beginning of one that the text was cut in. */
  public String mask(String text) {
    String masked = text;
    for (String secret : values) {
      masked = mask(masked, secret);
    }
    return masked;
  }

  /** The same of UTF-8, or of anything else that is then left as it is. */
  public byte[] mask(byte[] text) {
    if (values.isEmpty()) {
      return text;
    }
    String masked = new String(text, ISO_8859_1);
    for (String secret : values) {
      masked = mask(masked, new String(secret.getBytes(UTF_8), ISO_8859_1));
    }
    return masked.getBytes(ISO_8859_1);
  }

  private static String mask(String text, String secret) {
    String masked = text;
    if (text.contains(secret)) {
      masked =
          secret.length() >= SHORTEST_PART
              ? text.replace(secret, Redaction.HIDDEN)
              : text.replaceAll(
                  "(?<![A-Za-z0-9])" + Pattern.quote(secret) + "(?![A-Za-z0-9])", Redaction.HIDDEN);
    }
    String cut = masked.endsWith("…") ? "…" : "";
    String end = masked.substring(0, masked.length() - cut.length());
    for (int length = Math.min(secret.length() - 1, end.length());
        length >= SHORTEST_PART;
        length--) {
      if (end.regionMatches(end.length() - length, secret, 0, length)) {
        return end.substring(0, end.length() - length) + Redaction.HIDDEN + cut;
      }
    }
    return masked;
  }
}
