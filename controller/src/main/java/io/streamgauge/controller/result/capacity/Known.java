package io.streamgauge.controller.result.capacity;

import io.streamgauge.controller.result.capacity.Tried.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the loads that were tried say together, on the assumption that more load is never kept
 * better. A load passes where no try of it came to anything else, but that it was too short.
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
    return first.outcome() == Outcome.PASSES || first.needed().isPresent() ? second : first;
  }

  /** The most that passes. */
  Optional<Double> passes() {
    return winner().map(Tried::load);
  }

  /** The last try of the most that passes. */
  Optional<Tried> winner() {
    return loads.values().stream()
        .filter(one -> one.outcome() == Outcome.PASSES)
        .filter(one -> fails().stream().allMatch(limit -> one.load() < limit))
        .max(Comparator.comparingDouble(Tried::load));
  }

  /** The most that kept the objectives below a load, but was too short, and was tried but once. */
  Optional<Tried> tooShort(double below) {
    return loads.headMap(below).values().stream()
        .filter(one -> one.needed().isPresent() && !one.again())
        .max(Comparator.comparingDouble(Tried::load));
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

  /** Whether it passed twice. */
  boolean again(double load) {
    return tried.stream()
            .filter(one -> one.load() == load && one.outcome() == Outcome.PASSES)
            .count()
        > 1;
  }
}
