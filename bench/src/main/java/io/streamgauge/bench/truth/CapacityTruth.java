package io.streamgauge.bench.truth;

import io.streamgauge.common.plan.load.LoadKind;
import io.streamgauge.common.plan.slo.Slo;
import io.streamgauge.controller.result.capacity.Capacity;
import io.streamgauge.controller.result.capacity.CapacitySearch;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Searches whose truth is known, one a seed.
 *
 * @param knee the most load that keeps the objective
 */
record CapacityTruth(VirtualSearch search, double knee) {
  private static final int LONG_RUN = 1_000_000;
  private static final double FIRST_TOKEN = 0.1;

  /** At a rate: slots of a second each, and a wait of so long at most for 90 % of requests. */
  static CapacityTruth rate(int slots, String objective, double within, double longest) {
    VirtualSlots server = new VirtualSlots(slots, 1, 0, FIRST_TOKEN);
    Slo slo = Slo.parse(objective);
    return new CapacityTruth(
        new VirtualSearch(server, slo, new CapacitySearch(LoadKind.RATE, 1, within, longest, true)),
        server.knee(slo.limit().toNanos() / 1e9, slo.statistic().quantile(), LONG_RUN));
  }

  /** Of users, whose requests last half a second to one and a half. */
  static CapacityTruth concurrency(int slots, String objective, double within, double longest) {
    VirtualSlots server = new VirtualSlots(slots, 1, 0.5, FIRST_TOKEN);
    Slo slo = Slo.parse(objective);
    return new CapacityTruth(
        new VirtualSearch(
            server, slo, new CapacitySearch(LoadKind.CONCURRENCY, 1, within, longest, true)),
        server.users(slo.limit().toNanos() / 1e9, slo.statistic().quantile(), LONG_RUN));
  }

  List<Capacity> run(int seeds) {
    return LongStream.rangeClosed(1, seeds).mapToObj(search::run).toList();
  }

  boolean holds(Capacity found) {
    return found.passesUpTo().stream().allMatch(load -> load <= knee)
        && found.failsFrom().stream().allMatch(load -> load > knee);
  }
}
