package io.streamgauge.common;

/** A wrong plan or option: the message names the field, the value and what was expected. */
public final class PlanException extends RuntimeException {
  private static final int LONGEST_VALUE = 200;

  private final String field;
  private final String problem;

  public PlanException(String field, Object value, String expected) {
    this(field, "%s is not valid, expected %s".formatted(line(value), expected));
  }

  public PlanException(String message) {
    this("", message);
  }

  private PlanException(String field, String problem) {
    super(field.isEmpty() ? problem : field + ": " + problem);
    this.field = field;
    this.problem = problem;
  }

  /** The same mistake, its field named from the plan's root: {@code path} leads to its owner. */
  public PlanException under(String path) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    if (path.isEmpty() || field.isEmpty()) {
      return new PlanException(path + field, problem);
    }
    boolean named = field.equals(name) || field.startsWith(name + ".");
    return new PlanException(
        path + (named ? field.substring(name.length()) : "." + field), problem);
  }

  private static String line(Object value) {
    String line = String.valueOf(value).replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
    return line.codePointCount(0, line.length()) <= LONGEST_VALUE
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_VALUE)) + "…";
  }
}
