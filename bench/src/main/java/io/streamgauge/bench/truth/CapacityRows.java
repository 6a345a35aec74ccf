package io.streamgauge.bench.truth;

import io.streamgauge.controller.result.capacity.Capacity;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The figures of searches for the capacity of servers in virtual time, as a table. */
final class CapacityRows {
  private static final int SEEDS = 100;
  private static final double WITHIN = 1_200;
  private static final double LONGEST = 300;

  static List<String> rows() {
    return List.of(
        row(
            "rate, 8 slots",
            "ttft_p90=500ms",
            CapacityTruth.rate(8, "ttft_p90=500ms", WITHIN, LONGEST)),
        row(
            "rate, 8 slots",
            "ttft_p99=500ms",
            CapacityTruth.rate(8, "ttft_p99=500ms", WITHIN, LONGEST)),
        row(
            "rate, 32 slots",
            "ttft_p99=500ms",
            CapacityTruth.rate(32, "ttft_p99=500ms", WITHIN, LONGEST)),
        row(
            "users, 8 slots",
            "ttft_p90=400ms",
            CapacityTruth.concurrency(8, "ttft_p90=400ms", WITHIN, LONGEST)));
  }

  private static String row(String what, String objective, CapacityTruth truth) {
    List<Capacity> found = truth.run(SEEDS);
    return String.format(
        Locale.ROOT,
        "| %s, %s | %.2f | %d %% | %.2f to %.2f | %d %% | %.1f | %.1f min |",
        what,
        objective,
        truth.knee(),
        count(found, truth::holds),
        mean(found.stream().flatMap(one -> one.passesUpTo().stream()).toList()),
        mean(found.stream().flatMap(one -> one.failsFrom().stream()).toList()),
        count(found, Capacity::confirmed),
        mean(found.stream().map(one -> (double) one.levels().size()).toList()),
        mean(found.stream().map(Capacity::seconds).toList()) / 60);
  }

  private static long count(List<Capacity> found, Predicate<Capacity> what) {
    return found.stream().filter(what).count();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElse(Double.NaN);
  }

  private CapacityRows() {}
}
