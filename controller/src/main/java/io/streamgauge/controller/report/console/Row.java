package io.streamgauge.controller.report.console;

import io.streamgauge.controller.result.finding.Finding;

/** A line of the console below the fixed ones. */
record Row(Weight weight, String text) {
  /** What is shown first where there is room for some alone; the last is for those who ask. */
  enum Weight {
    ALWAYS,
    FIRST,
    SECOND,
    THIRD,
    VERBOSE
  }

  static Row of(Weight weight, String label, String text) {
    return new Row(weight, "%-15s %s".formatted(label + ":", text));
  }

  boolean warns() {
    return text.startsWith(Finding.Severity.WARNING.label() + ":");
  }

  static Row of(Finding finding) {
    return of(
        switch (finding.severity()) {
          case VOID -> Weight.ALWAYS;
          case WARNING -> Weight.SECOND;
          case INFO -> Weight.VERBOSE;
        },
        finding.severity().label(),
        finding.code().label() + ": " + finding.message());
  }
}
