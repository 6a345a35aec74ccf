package io.streamgauge.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** All results as one Markdown table, a row for each case and quantity. */
final class Table {
  private static final String NONE = "–";

  /**
   * The runs of a case, by client; the first client is ours, and each other is compared with it.
   */
  record CaseRuns(String name, Map<String, List<Measurement>> byClient) {}

  static String of(List<CaseRuns> cases, List<String> clients) {
    List<String> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("case", "quantity", "server's log"));
    clients.forEach(client -> header.addAll(List.of(client, "error")));
    others(clients).forEach(other -> header.add(clients.getFirst() + " ÷ " + other));
    lines.add(line(header));
    lines.add(line(header.stream().map(_ -> "---").toList()));
    for (CaseRuns runs : cases) {
      for (Quantity quantity : Quantity.values()) {
        row(runs, quantity, clients).ifPresent(row -> lines.add(line(row)));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static Optional<List<String>> row(
      CaseRuns runs, Quantity quantity, List<String> clients) {
    List<String> cells = new ArrayList<>();
    cells.add(runs.name());
    cells.add(quantity.label());
    cells.add(
        text(
            truths(runs.byClient().getOrDefault(clients.getFirst(), List.of()), quantity),
            quantity));
    for (String client : clients) {
      List<Measurement> measured = runs.byClient().getOrDefault(client, List.of());
      cells.add(text(reports(measured, quantity), quantity));
      cells.add(text(errors(measured, quantity), quantity));
    }
    if (cells.subList(2, cells.size()).stream().allMatch(NONE::equals)) {
      return Optional.empty();
    }
    others(clients)
        .forEach(other -> cells.add(ratio(runs, quantity, List.of(clients.getFirst(), other))));
    return Optional.of(cells);
  }

  private static List<String> others(List<String> clients) {
    return clients.subList(1, clients.size());
  }

  private static String ratio(CaseRuns runs, Quantity quantity, List<String> pair) {
    List<List<Double>> sides =
        pair.stream()
            .map(client -> reports(runs.byClient().getOrDefault(client, List.of()), quantity))
            .toList();
    if (!quantity.compared() || sides.stream().anyMatch(List::isEmpty)) {
      return NONE;
    }
    double other = Spread.of(sides.getLast()).median();
    return other == 0
        ? NONE
        : String.format(Locale.ROOT, "%.2f", Spread.of(sides.getFirst()).median() / other);
  }

  private static List<Double> reports(List<Measurement> runs, Quantity quantity) {
    return runs.stream().map(run -> run.reported().get(quantity)).filter(Objects::nonNull).toList();
  }

  private static List<Double> truths(List<Measurement> runs, Quantity quantity) {
    return runs.stream().map(run -> run.truth().get(quantity)).filter(Objects::nonNull).toList();
  }

  /** Each run's report less the truth of the same run. */
  private static List<Double> errors(List<Measurement> runs, Quantity quantity) {
    return runs.stream()
        .filter(run -> run.reported().containsKey(quantity) && run.truth().containsKey(quantity))
        .map(run -> run.reported().get(quantity) - run.truth().get(quantity))
        .toList();
  }

  private static String text(List<Double> readings, Quantity quantity) {
    return readings.isEmpty() ? NONE : Spread.of(readings).text(quantity.decimals());
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  private Table() {}
}
