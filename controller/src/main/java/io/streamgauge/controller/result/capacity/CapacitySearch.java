package io.streamgauge.controller.result.capacity;

import io.streamgauge.common.plan.load.LoadKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/**
 * Which load to try next: twice as much until one does not pass for anything but too few requests,
 * then between the most that passes and the least above it that does not until they are near, then
 * the most that passes again, and then, where tries were left undecided, down or up to the least
 * that fails. When time runs short the most that passes is tested again first.
 *
 * @param first load
 * @param within what time, in s
 * @param longest time that a load is tried for, in s
 * @param longer whether a load may be tried for longer where none passes and one was only too short
 */
public record CapacitySearch(
    LoadKind kind, double first, double within, double longest, boolean longer) {
  /** Loads as near as that are not told apart. */
  private static final double NEAR = 0.05;

  /** Of the time that a load is expected to need, because the next try may be slower. */
  private static final double SPARE = 1.25;

  private static final double HIGHEST = 1_000_000;
  private static final double LEAST_SHARE = 1.0 / 1_024;
  private static final MathContext DIGITS = new MathContext(3);

  /** A load to try for so many seconds at most. */
  public record Step(double load, boolean again, double seconds) {}

  /** Nothing where all is known, or no time is left for more. */
  public Optional<Step> next(List<Tried> tried, double elapsed) {
    double left = within - elapsed;
    if (tried.isEmpty()) {
      return left > 0 ? step(first, false, Math.min(longest, left)) : Optional.empty();
    }
    Known known = new Known(tried);
    Optional<Tried> winner = known.winner();
    double length = winner.map(this::length).orElse(longest);
    double least = length / 4;
    if (left < least) {
      return Optional.empty();
    }
    Optional<Step> enough = winner.isPresent() ? Optional.empty() : longEnough(known, left);
    if (enough.isPresent()) {
      return enough;
    }
    boolean confirmed = winner.map(Tried::load).filter(known::again).isPresent();
    Optional<Double> nearer = nearer(known);
    double spare = winner.isPresent() && !confirmed ? left - length : left;
    if (nearer.isPresent() && spare >= least) {
      return step(nearer.get(), false, Math.min(length, spare));
    }
    if (winner.isPresent() && !confirmed && (length == longest || left >= length)) {
      return step(winner.get().load(), true, Math.min(length, left));
    }
    return failing(known).flatMap(load -> step(load, false, Math.min(length, left)));
  }

  /**
   * For how long a load is tried once one passed, which may have taken more than the usual time.
   */
  private double length(Tried winner) {
    return longer && winner.seconds() > longest ? SPARE * winner.seconds() : longest;
  }

  /** Where one kept the objectives, but was too short for a proof, it again for long enough. */
  private Optional<Step> longEnough(Known known, double left) {
    return known
        .ceiling()
        .filter(_ -> longer)
        .flatMap(known::tooShort)
        .filter(one -> SPARE * one.needed().orElseThrow() <= left)
        .flatMap(
            one -> step(one.load(), true, Math.min(left, 2 * SPARE * one.needed().orElseThrow())));
  }

  private static Optional<Step> step(double load, boolean again, double seconds) {
    return Optional.of(new Step(load, again, seconds));
  }

  /** What brings the most that passes and the least that does not nearer to each other. */
  private Optional<Double> nearer(Known known) {
    if (known.ceiling().isEmpty()) {
      return twice(known);
    }
    double ceiling = known.ceiling().get();
    if (known.passes().isPresent()) {
      return between(known.passes().get(), known.above(known.passes().get()));
    }
    return known
        .below(ceiling)
        .flatMap(open -> between(open, ceiling))
        .or(() -> Optional.of(half(known.least())).filter(load -> load >= least()));
  }

  private double half(double load) {
    return kind == LoadKind.CONCURRENCY ? Math.floor(load / 2) : load / 2;
  }

  private double least() {
    return kind == LoadKind.CONCURRENCY ? 1 : first * LEAST_SHARE;
  }

  private Optional<Double> twice(Known known) {
    return Optional.of(2 * known.most()).filter(load -> load <= HIGHEST);
  }

  /**
   * What brings the least that fails nearer to what is not known to; while none does, more than was
   * tried, as far as the client can make it.
   */
  private Optional<Double> failing(Known known) {
    if (known.fails().isEmpty()) {
      return known.unmade().isPresent() ? Optional.empty() : twice(known);
    }
    double fails = known.fails().get();
    return known.below(fails).flatMap(load -> between(load, fails));
  }

  private Optional<Double> between(double low, double high) {
    double middle = Math.sqrt(low * high);
    return switch (kind) {
      case CONCURRENCY -> {
        double whole = Math.max(low + 1, Math.floor(middle));
        yield high - low > Math.max(1, NEAR * low) ? Optional.of(whole) : Optional.empty();
      }
      case RATE -> {
        double round = new BigDecimal(middle).round(DIGITS).doubleValue();
        yield high / low > 1 + NEAR && round > low && round < high
            ? Optional.of(round)
            : Optional.empty();
      }
    };
  }
}
