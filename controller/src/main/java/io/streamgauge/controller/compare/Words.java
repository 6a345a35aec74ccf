package io.streamgauge.controller.compare;

import io.streamgauge.controller.compare.Row.Compared;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Numbers of a comparison as they are told. */
public final class Words {
  /** A change with its sign, in percent. */
  public static String change(double share) {
    return String.format(Locale.ROOT, "%+.1f %%", share * 100);
  }

  public static String interval(Compared row) {
    return String.format(Locale.ROOT, "%+.1f to %+.1f %%", row.low() * 100, row.high() * 100);
  }

  /** A value of a measure, with as many digits as say something. */
  public static String value(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.2f", value);
  }

  /** A verdict, with the repeats that would decide where there is none. */
  public static String verdict(Compared row) {
    return switch (row.verdict()) {
      case BETTER, WORSE, EQUIVALENT -> row.verdict().label();
      case UNDECIDED -> "undecided (" + repeats(row) + ")";
    };
  }

  private static String repeats(Compared row) {
    String atLeast =
        switch (row.basis()) {
          case BETWEEN_RUNS, ONE_RUN -> "about ";
          case WITHIN_RUNS -> "at least ";
        };
    return row.repeats()
        .map(n -> atLeast + n + " repeats a side")
        .orElse("more than 1000 repeats a side");
  }

  /** What was not compared, a line a reason. */
  public static List<String> uncompared(List<Row> rows) {
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    for (Row row : rows) {
      if (row instanceof Row.Uncompared(Measure measure, boolean _, String reason)) {
        byReason.computeIfAbsent(reason, _ -> new ArrayList<>()).add(measure.label());
      }
    }
    return byReason.entrySet().stream()
        .map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey())
        .toList();
  }

  /** On what the judgement of a gate rests. */
  static String reason(Row row) {
    return switch (row) {
      case Compared compared ->
          "%s, 95 %% interval %s%s"
              .formatted(
                  change(compared.change()),
                  interval(compared),
                  switch (compared.basis()) {
                    case BETWEEN_RUNS -> "";
                    case ONE_RUN -> ", with one side's variation for both";
                    case WITHIN_RUNS -> ", within these two runs only";
                  });
      case Row.Uncompared uncompared -> uncompared.reason();
    };
  }

  private Words() {}
}
