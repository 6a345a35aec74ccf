package io.streamgauge.common;

import java.util.Optional;

/** A wrong plan or option: the message names the field, the value and what was expected. */
public final class PlanException extends RuntimeException {
  private static final int LONGEST_VALUE = 200;

  private final String source;
  private final String field;
  private final String problem;
  private final Optional<String> value;
  private final Optional<String> expected;
  private final Optional<Integer> line;

  public PlanException(String field, Object value, String expected) {
    this(
        "",
        field,
        "%s is not valid, expected %s".formatted(line(value), expected),
        Optional.of(line(value)),
        Optional.of(expected),
        Optional.empty());
  }

  public PlanException(String message) {
    this("", "", message, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private PlanException(
      String source,
      String field,
      String problem,
      Optional<String> value,
      Optional<String> expected,
      Optional<Integer> line) {
    super(source + (field.isEmpty() ? problem : field + ": " + problem));
    this.source = source;
    this.field = field;
    this.problem = problem;
    this.value = value;
    this.expected = expected;
    this.line = line;
  }

  /** A field that nobody knows, where only {@code known} ones are taken. */
  public static PlanException unknownField(String field, String known) {
    return new PlanException(
        "",
        field,
        "unknown field, expected one of " + known,
        Optional.empty(),
        Optional.of("one of " + known),
        Optional.empty());
  }

  /** The field's path from the plan's root, where the mistake is in one. */
  public Optional<String> field() {
    return Optional.of(field).filter(name -> !name.isEmpty());
  }

  public Optional<String> value() {
    return value;
  }

  public Optional<String> expected() {
    return expected;
  }

  /** Its line in the plan's text, from 1, where that was looked for. */
  public Optional<Integer> line() {
    return line;
  }

  /** The same mistake, in that line. */
  public PlanException at(int number) {
    return new PlanException(source, field, problem, value, expected, Optional.of(number));
  }

  /** The same mistake on one line that begins with where the plan is from. */
  public PlanException from(String source) {
    return new PlanException(source + ": ", plain(field), plain(problem), value, expected, line);
  }

  /** The same mistake, its field named from the plan's root: {@code path} leads to its owner. */
  public PlanException under(String path) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    if (path.isEmpty() || field.isEmpty()) {
      return new PlanException("", path + field, problem, value, expected, line);
    }
    boolean named = field.equals(name) || field.startsWith(name + ".");
    return new PlanException(
        "",
        path + (named ? field.substring(name.length()) : "." + field),
        problem,
        value,
        expected,
        line);
  }

  private static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
  }

  private static String line(Object value) {
    String line = plain(String.valueOf(value));
    return line.codePointCount(0, line.length()) <= LONGEST_VALUE
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_VALUE)) + "…";
  }
}
