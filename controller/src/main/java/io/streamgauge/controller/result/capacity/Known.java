package io.streamgauge.controller.result.capacity;

import io.streamgauge.controller.result.capacity.Tried.Outcome;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the loads that were tried say together, on the assumption that more load is never kept
 * better. A load passes where no try of it came to anything else.
 */
final class Known {
  private final NavigableMap<Double, Tried> loads = new TreeMap<>();
  private final List<Tried> tried;

  /** Of one load at least. */
  Known(List<Tried> tried) {
    this.tried = tried;
    tried.forEach(one -> loads.merge(one.load(), one, Known::together));
  }

  private static Tried together(Tried first, Tried second) {
    return first.outcome() == Outcome.PASSES ? second : first;
  }

  /** The most that passes. */
  Optional<Double> passes() {
    return loads.values().stream()
        .filter(one -> one.outcome() == Outcome.PASSES)
        .map(Tried::load)
        .filter(load -> fails().stream().allMatch(limit -> load < limit))
        .max(Double::compare);
  }

  /** The least that fails. */
  Optional<Double> fails() {
    return first(one -> one.outcome() == Outcome.FAILS);
  }

  /** The least that the client could not make. */
  Optional<Double> voided() {
    return first(one -> one.outcome() == Outcome.VOID);
  }

  /** The least that was not made whole, because of the client or not. */
  Optional<Double> unmade() {
    return first(one -> one.outcome() == Outcome.VOID || one.outcome() == Outcome.CUT_SHORT);
  }

  /** The least that does not look as if it passed, where no more than that does. */
  Optional<Double> ceiling() {
    double passes = passes().orElse(0.0);
    return first(
        one ->
            one.load() > passes
                && switch (one.outcome()) {
                  case FAILS, VOID, CUT_SHORT -> true;
                  case UNDECIDED -> one.late();
                  case PASSES -> false;
                });
  }

  private Optional<Double> first(Predicate<Tried> which) {
    return loads.values().stream().filter(which).map(Tried::load).findFirst();
  }

  /** The least that was tried above a load. */
  double above(double load) {
    return Objects.requireNonNull(loads.higherKey(load));
  }

  /** The most that was tried below a load. */
  Optional<Double> below(double load) {
    return Optional.ofNullable(loads.lowerKey(load));
  }

  /** The least that was tried. */
  double least() {
    return loads.firstKey();
  }

  /** The most that was tried. */
  double most() {
    return loads.lastKey();
  }

  boolean again(double load) {
    return tried.stream().anyMatch(one -> one.again() && one.load() == load);
  }
}
