package io.streamgauge.common.plan.request;

import io.streamgauge.common.PlanException;

/** A name that people read: of a run, of a model. */
public final class Name {
  private static final int LONGEST = 500;

  /** Not blank, without what a terminal acts on or nobody sees. */
  public static void check(String field, String name, String expected) {
    if (name.isBlank()) {
      throw new PlanException(field, "\"" + name + "\"", expected);
    }
    if (name.length() > LONGEST || name.matches("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}].*")) {
      throw new PlanException(
          field, name, "%s, on one line of at most %d characters".formatted(expected, LONGEST));
    }
  }

  private Name() {}
}
