package io.streamgauge.controller.result.capacity;

import io.streamgauge.common.plan.load.LoadKind;
import java.util.List;
import java.util.Optional;

/**
 * The most load that keeps a plan's objectives, as far as its levels prove it.
 *
 * @param passesUpTo the most load that was proved to keep them, users or requests per second
 * @param confirmed whether it was proved again, in a window of its own
 * @param failsFrom the least load that was proved not to keep one of them
 * @param clientLimit the least load that the client could not make
 * @param confidence of each proof
 * @param seconds that all levels took together
 */
public record Capacity(
    LoadKind load,
    Optional<Double> passesUpTo,
    boolean confirmed,
    Optional<Double> failsFrom,
    Optional<Double> clientLimit,
    double confidence,
    double seconds,
    List<Tried> levels) {
  public Capacity {
    levels = List.copyOf(levels);
  }

  /** What levels say together, in the order in which they were run. */
  public static Capacity of(LoadKind load, List<Tried> levels) {
    Known known = new Known(levels);
    Optional<Double> most = known.passes();
    return new Capacity(
        load,
        most,
        most.filter(known::again).isPresent(),
        known.fails(),
        known.voided(),
        Proof.CONFIDENCE,
        levels.stream().mapToDouble(Tried::seconds).sum(),
        levels);
  }
}
