package io.streamgauge.common.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.streamgauge.common.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides what is secret by its name in settings, arguments and URLs, and notes what it has hidden.
 */
public final class Redaction {
  /** What stands in a secret's place. */
  public static final String HIDDEN = "(hidden)";

  private static final TypeReference<Object> ANY = new TypeReference<>() {};
  private static final Pattern OPTION = Pattern.compile("--?[A-Za-z][\\w.-]*");

  private static final Pattern USER = Pattern.compile("(?<=://)([^/?#\\s@]*)(?=@)");

  /** {@code NAME=VALUE}, {@code NAME: VALUE}, with or without quotes, anywhere in a text. */
  private static final Pattern PAIR =
      Pattern.compile(
          "(?<![\\w.-])(?<name>[A-Za-z][\\w.-]{0,99})(?<sign>[\"']?\\s*[=:]\\s*)"
              + "(?<value>(?:(?:Bearer|Basic|Token)\\s+)?(?:\"[^\"]*\"|'[^']*'|[^\\s,;&#\"']+))",
          Pattern.CASE_INSENSITIVE);

  /** A key of a function's URL, which elsewhere is the code of an answer. */
  private static final Pattern CODE =
      Pattern.compile("(?<name>[?&]code)(?<sign>=)(?<value>[^&#\\s]+)");

  /** An option and its value in one text. */
  private static final Pattern WORDS =
      Pattern.compile(
          "(?<=^|[\\s\"'])(?<name>--?[A-Za-z][\\w.-]{0,99})(?<sign>\\s+)(?<value>(?!--)[^\\s\"']+)");

  private final Set<String> found = new LinkedHashSet<>();

  /** What has been hidden so far. */
  public KnownSecrets found() {
    return KnownSecrets.of(found);
  }

  /** A URL or any other text, as it may be shown. */
  public static String shown(String text) {
    return new Redaction().text(text);
  }

  /** The value of that name, as it may be shown. */
  public static Object shown(String name, Object value) {
    return new Redaction().value(name, value);
  }

  /** Settings by their names. */
  public Map<String, Object> settings(Map<String, Object> settings) {
    Map<String, Object> shown = new LinkedHashMap<>();
    settings.forEach((name, value) -> shown.put(name, value(name, value)));
    return shown;
  }

  private Object value(String name, Object value) {
    if (SecretNames.secret(name)) {
      return hide(value);
    }
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> shown = new LinkedHashMap<>();
        map.forEach((key, inner) -> shown.put(String.valueOf(key), value("" + key, inner)));
        yield shown;
      }
      case List<?> list -> list.stream().allMatch(Redaction::word) ? words(list) : each(list);
      case String text -> text(text);
      default -> value;
    };
  }

  private static boolean word(Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  private List<Object> each(List<?> list) {
    List<Object> shown = new ArrayList<>();
    list.forEach(inner -> shown.add(inner == null ? "null" : value("", inner)));
    return shown;
  }

  private List<Object> words(List<?> list) {
    List<String> shown = arguments(list.stream().map(String::valueOf).toList());
    List<Object> kept = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      boolean same = shown.get(i).equals(String.valueOf(list.get(i)));
      kept.add(same ? list.get(i) : shown.get(i));
    }
    return kept;
  }

  /**
   * Variables of an environment, of which all values count as found but those of harmless names.
   */
  public void variables(Map<String, String> variables) {
    variables.forEach(
        (name, value) -> {
          if (SecretNames.secret(name)) {
            hide(value);
          }
        });
  }

  /**
   * Arguments of a command. What follows a secret option is hidden up to the next option, because
   * some take several values.
   */
  public List<String> arguments(List<String> words) {
    List<String> shown = new ArrayList<>();
    Predicate<String> value = _ -> false;
    for (String word : words) {
      int sign = word.indexOf('=');
      String name = sign < 0 ? word : word.substring(0, sign);
      if (value.test(word)) {
        shown.add(hide(word));
        value = next -> !next.startsWith("-");
      } else if (OPTION.matcher(name).matches() && SecretNames.secretOption(name)) {
        shown.add(sign < 0 ? word : name + "=" + hide(word.substring(sign + 1)));
        value = sign < 0 ? next -> !next.startsWith("--") : _ -> false;
      } else {
        shown.add(text(word));
        value = _ -> false;
      }
    }
    return shown;
  }

  /** A text with URLs, JSON, pairs of names and values, or options in it. */
  public String text(String text) {
    String json = text.strip();
    if (json.startsWith("{") || json.startsWith("[")) {
      try {
        Object tree = Json.MAPPER.readValue(json, ANY);
        Object shown = value("", tree);
        return shown.equals(tree) ? text : Json.MAPPER.writeValueAsString(shown);
      } catch (JsonProcessingException _) {
        // No JSON: a text like any other.
      }
    }
    String plain =
        USER.matcher(text).replaceAll(user -> Matcher.quoteReplacement(hide(user.group())));
    plain = pairs(CODE, plain, _ -> true);
    plain = pairs(WORDS, plain, SecretNames::secretOption);
    return pairs(PAIR, plain, SecretNames::secret);
  }

  /** A value that is not secret is looked through: it may be a URL with a query. */
  private String pairs(Pattern pattern, String text, Predicate<String> secret) {
    StringBuilder shown = new StringBuilder();
    Matcher pair = pattern.matcher(text);
    int done = 0;
    while (done < text.length() && pair.find(done)) {
      shown.append(text, done, pair.end("sign"));
      done = pair.end("sign");
      if (secret.test(pair.group("name"))) {
        shown.append(hide(pair.group("value")));
        done = pair.end();
      }
    }
    return shown.append(text.substring(done)).toString();
  }

  private String hide(Object value) {
    switch (value) {
      case Map<?, ?> map -> map.values().forEach(this::hide);
      case List<?> list -> list.forEach(this::hide);
      case null -> {}
      default -> found.add(String.valueOf(value));
    }
    return HIDDEN;
  }
}
