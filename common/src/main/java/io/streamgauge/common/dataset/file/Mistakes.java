package io.streamgauge.common.dataset.file;

import io.streamgauge.common.PlanException;

/** The first mistake of a file, and how many more rows are wrong. */
public final class Mistakes {
  private static final int MOST = 1000;

  private final String file;
  private String first = "";
  private int count;

  public Mistakes(String file) {
    this.file = file;
  }

  public void add(String place, PlanException mistake) {
    if (count == 0) {
      first = "%s %s, %s".formatted(file, place, mistake.getMessage());
    }
    count++;
  }

  /** Whether it is of no use to look for more. */
  boolean tooMany() {
    return count == MOST;
  }

  public void check() {
    switch (count) {
      case 0 -> {}
      case 1 -> throw new PlanException(first);
      case 2 -> throw new PlanException(first + " (1 more row is wrong)");
      case MOST ->
          throw new PlanException(
              "%s (%d more rows are wrong, and the rest was not read)".formatted(first, count - 1));
      default -> throw new PlanException("%s (%d more rows are wrong)".formatted(first, count - 1));
    }
  }
}
