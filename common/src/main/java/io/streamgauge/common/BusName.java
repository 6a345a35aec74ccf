package io.streamgauge.common;

/** What members of a cluster call themselves; logs, pages and files show it to people. */
public final class BusName {
  private static final int LONGEST = 255;

  /** A name that other things are found by. */
  public static void checkId(String field, String text) {
    if (!text.matches("[A-Za-z0-9._:-]{1,%d}".formatted(LONGEST))) {
      throw new PlanException(
          field, text, "1 to %d letters, digits and . _ : -".formatted(LONGEST));
    }
  }

  /** Some words on one line. */
  public static void checkWords(String field, String text) {
    if (text.length() > LONGEST || text.matches("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}<>&\"'`].*")) {
      throw new PlanException(
          field,
          text,
          "at most %d characters on one line, none of < > & or quotes".formatted(LONGEST));
    }
  }

  private BusName() {}
}
