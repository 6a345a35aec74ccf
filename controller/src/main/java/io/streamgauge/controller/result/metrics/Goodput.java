package io.streamgauge.controller.result.metrics;

import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.tally.LevelTally;
import io.streamgauge.controller.result.tally.LevelTimes;
import io.streamgauge.controller.result.window.LevelWindows;
import io.streamgauge.controller.result.window.Rates;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many of the requests that were offered were answered in full and within every limit.
 *
 * @param limitsMs the limits of a request by metric
 * @param offered all requests, also those that failed, were cancelled or dropped
 * @param missed never answered in full, or beyond a limit
 * @param undetermined within the limits that they can be held against, but without a value for
 *     another (an answer of one token has no TPOT)
 * @param attainment {@code met / offered}
 * @param goodputRps those met that ended in the whole-run window, per second of it
 */
public record Goodput(
    Map<String, Double> limitsMs,
    long offered,
    long met,
    long missed,
    long undetermined,
    double attainment,
    double goodputRps) {

  /** Absent where no objective sets a limit for a request. */
  public static Optional<Goodput> of(LevelEvidence evidence, LevelWindows windows) {
    LevelTally tally = evidence.tally();
    if (tally.limits().nanos().isEmpty()) {
      return Optional.empty();
    }
    Map<String, Double> limits = new TreeMap<>();
    tally.limits().nanos().forEach((metric, nanos) -> limits.put(metric.key(), nanos / 1e6));
    long offered = tally.counts().total() + evidence.client().dropped();
    LevelTimes times = tally.times();
    long met = times.answered().filter(times::good).count();
    long inWindow =
        times
            .answered()
            .filter(times::good)
            .filter(i -> windows.whole().holds(times.ended(i)))
            .count();
    return Optional.of(
        new Goodput(
            limits,
            offered,
            met,
            offered - met - tally.undetermined(),
            tally.undetermined(),
            offered == 0 ? 0 : Rates.round((double) met / offered),
            Rates.of(inWindow, windows.whole().seconds())));
  }
}
