package io.streamgauge.controller.compare;

import io.streamgauge.common.PlanException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is asked of a comparison.
 *
 * @param metric the one that it is about; without it those of {@link Measure#PRIMARY}
 * @param margin a share, such as 0.02, within which a difference is of no account
 * @param forced whether to compare what is not comparable
 */
public record Settings(Optional<Measure> metric, double margin, List<Gate> gates, boolean forced) {
  /** With a margin of 2 %, as the command has it. */
  public static final Settings DEFAULT = new Settings(Optional.empty(), 0.02, List.of(), false);

  public Settings {
    gates = List.copyOf(gates);
  }

  /** Reads a share such as {@code 2%}. */
  public static double margin(String text) {
    if (!text.matches("\\d{1,2}(\\.\\d{1,6})?%") || text.matches("[0.]+%")) {
      throw new PlanException("margin", text, "a share above 0% and below 100%, such as 2%");
    }
    return Double.parseDouble(text.substring(0, text.length() - 1)) / 100;
  }

  List<Measure> primary() {
    return metric.map(List::of).orElse(Measure.PRIMARY);
  }

  /** Those that are shown in any case, and those that a gate names. */
  List<Measure> secondary() {
    return Stream.concat(
            Stream.concat(Measure.PRIMARY.stream(), Measure.SECONDARY.stream()),
            gates.stream().map(Gate::measure))
        .distinct()
        .toList();
  }
}
