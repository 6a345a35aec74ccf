package io.streamgauge.controller.result.capacity;

import io.streamgauge.controller.result.capacity.Tried.Outcome;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the loads that were tried say together, on the assumption that more load is never kept
 * better. A load passes where no try of it came to anything else.
 */
final class Known {
  private final NavigableMap<Double, Outcome> outcomes = new TreeMap<>();
  private final List<Tried> tried;

  Known(List<Tried> tried) {
    this.tried = tried;
    tried.forEach(one -> outcomes.merge(one.load(), one.outcome(), Known::together));
  }

  private static Outcome together(Outcome first, Outcome second) {
    return first == Outcome.PASSES ? second : first;
  }

  /** The most that passes. */
  Optional<Double> passes() {
    return outcomes.entrySet().stream()
        .filter(one -> one.getValue() == Outcome.PASSES)
        .filter(one -> fails().stream().allMatch(limit -> one.getKey() < limit))
        .map(one -> one.getKey())
        .max(Double::compare);
  }

  /** The least that fails. */
  Optional<Double> fails() {
    return first(Outcome.FAILS);
  }

  /** The least that the client could not make. */
  Optional<Double> voided() {
    return first(Outcome.VOID);
  }

  private Optional<Double> first(Outcome outcome) {
    return outcomes.entrySet().stream()
        .filter(one -> one.getValue() == outcome)
        .map(one -> one.getKey())
        .findFirst();
  }

  /** The least that fails or could not be made. */
  Optional<Double> ceiling() {
    return Stream.concat(fails().stream(), voided().stream()).min(Double::compare);
  }

  /** The least that was tried above a load. */
  double above(double load) {
    return Objects.requireNonNull(outcomes.higherKey(load));
  }

  /** The most that was tried below the ceiling; the least of all where none was. */
  double open() {
    return outcomes.keySet().stream()
        .filter(load -> ceiling().stream().allMatch(limit -> load < limit))
        .reduce(outcomes.firstKey(), Math::max);
  }

  boolean again(double load) {
    return tried.stream().anyMatch(one -> one.again() && one.load() == load);
  }
}
