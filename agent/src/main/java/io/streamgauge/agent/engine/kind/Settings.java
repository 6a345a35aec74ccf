package io.streamgauge.agent.engine.kind;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.secret.Redaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An engine's settings as they are written, read key by key. Every error names the key, the value
 * and what was expected; {@link #end} refuses keys that nobody has read.
 */
public final class Settings {
  private static final int LONGEST = 32_768;

  private final Map<String, Object> values;
  private final TreeSet<String> read = new TreeSet<>();

  public Settings(Map<String, Object> values) {
    this.values = new HashMap<>(values);
  }

  public String text(String key, String otherwise) {
    return text(key).orElse(otherwise);
  }

  /** A text that no program can take for one of its options. */
  public Optional<String> text(String key) {
    return value(key)
        .map(
            value -> {
              if (value instanceof String text
                  && !text.isBlank()
                  && !text.startsWith("-")
                  && plain(text)) {
                return text;
              }
              throw new PlanException(
                  key, Redaction.shown(key, value), "a text on one line that begins with no dash");
            });
  }

  String oneOf(String key, String otherwise, String... allowed) {
    String text = text(key, otherwise);
    if (!List.of(allowed).contains(text)) {
      throw new PlanException(key, text, "one of " + String.join(", ", allowed));
    }
    return text;
  }

  int number(String key, int otherwise, int min, int max) {
    return number(key, min, max).orElse(otherwise);
  }

  Optional<Integer> number(String key, int min, int max) {
    return value(key)
        .map(
            value -> {
              if (value instanceof Integer number && number >= min && number <= max) {
                return number;
              }
              throw new PlanException(
                  key, value, "a whole number from %d to %d".formatted(min, max));
            });
  }

  /** Above 0, at most 1. */
  double share(String key, double otherwise) {
    return value(key)
        .map(
            value -> {
              if (value instanceof Number number
                  && number.doubleValue() > 0
                  && number.doubleValue() <= 1) {
                return number.doubleValue();
              }
              throw new PlanException(key, value, "a number above 0 and up to 1");
            })
        .orElse(otherwise);
  }

  public Duration duration(String key, Duration otherwise, Duration most) {
    return value(key)
        .map(
            value -> {
              Duration duration = Durations.parse(key, String.valueOf(value));
              if (duration.isZero() || duration.compareTo(most) > 0) {
                throw new PlanException(
                    key, value, "a duration above 0s, up to " + Durations.format(most));
              }
              return duration;
            })
        .orElse(otherwise);
  }

  /** A list of texts; numbers in it are taken as they print. */
  public List<String> texts(String key) {
    return value(key).map(value -> texts(key, value)).orElse(List.of());
  }

  private static List<String> texts(String key, Object value) {
    if (!(value instanceof List<?> list)) {
      throw new PlanException(key, Redaction.shown(key, value), "a list of texts");
    }
    List<String> texts = new ArrayList<>();
    for (Object item : list) {
      if (!(item instanceof String || item instanceof Number) || !plain(item.toString())) {
        throw new PlanException(
            "%s[%d]".formatted(key, texts.size()), Redaction.HIDDEN, "a text on one line");
      }
      texts.add(item.toString());
    }
    return List.copyOf(texts);
  }

  /** One text, or a list that is not empty. */
  public List<String> words(String key) {
    return value(key)
        .map(
            value -> {
              List<String> words = value instanceof String word ? List.of(word) : texts(key, value);
              if (words.isEmpty() || words.getFirst().isBlank()) {
                throw new PlanException(
                    key,
                    Redaction.shown(key, value),
                    "an executable, or a list that begins with one");
              }
              return words;
            })
        .orElse(List.of());
  }

  /** Names of variables and their values, which no message shows. */
  public Map<String, String> variables(String key) {
    return value(key).map(value -> variables(key, value)).orElse(Map.of());
  }

  private static Map<String, String> variables(String key, Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new PlanException(key, Redaction.HIDDEN, "a mapping of names to values");
    }
    Map<String, String> variables = new TreeMap<>();
    map.forEach(
        (name, content) -> {
          boolean scalar =
              content instanceof String || content instanceof Number || content instanceof Boolean;
          if (!name.toString().matches("[A-Za-z_][A-Za-z0-9_]*")
              || !scalar
              || content.toString().indexOf('\0') >= 0) {
            throw new PlanException(
                key + "." + name, Redaction.HIDDEN, "the name of a variable and a text or number");
          }
          variables.put(name.toString(), content.toString());
        });
    return variables;
  }

  private static boolean plain(String text) {
    return text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
  }

  private Optional<Object> value(String key) {
    read.add(key);
    return Optional.ofNullable(values.get(key));
  }

  /** The keys that were read. */
  public Set<String> keys() {
    return Set.copyOf(read);
  }

  /** Call it when all keys are read. */
  public void end() {
    values.keySet().stream()
        .filter(key -> !read.contains(key))
        .sorted()
        .findFirst()
        .ifPresent(
            key -> {
              Object value = Objects.requireNonNull(values.get(key), key);
              throw new PlanException(
                  key,
                  value instanceof Map ? Redaction.HIDDEN : Redaction.shown(key, value),
                  "one of the settings " + String.join(", ", read));
            });
  }
}
