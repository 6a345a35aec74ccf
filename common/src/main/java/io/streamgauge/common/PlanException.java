package io.streamgauge.common;

/** A wrong plan or option: the message names the field, the value and what was expected. */
public final class PlanException extends RuntimeException {
  public PlanException(String field, Object value, String expected) {
    super("%s: %s is not valid, expected %s".formatted(field, value, expected));
  }

  public PlanException(String message) {
    super(message);
  }
}
