package io.streamgauge.controller.result;

import io.streamgauge.common.measure.Certificate;
import io.streamgauge.common.measure.ClientStats;
import io.streamgauge.common.measure.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the client did to itself: merged, and by agent. */
public record ClientReport(Numbers merged, Map<String, Numbers> agents) {

  /**
   * One client's numbers.
   *
   * @param cpuShare processor time over the time of one core
   * @param askedRps requests per second that the schedule wanted sent; {@code sentRps} those sent,
   *     {@code completedRps} those answered in full
   * @param capHeldS time in which the concurrency cap held requests back, in s
   * @param laneCpuShare processor time of the lanes over the time of as many cores; {@code
   *     busiestLaneShare} the greatest of one lane
   * @param cpuUsPerEvent processor time of the lanes for a token-bearing event, in µs
   * @param stealShare the share of the host's processor time that went to other guests
   * @param receiveQueueBytes most bytes seen waiting to be read from the target
   * @param certificate what this host was seen to take; absent where it could not be tried
   */
  public record Numbers(
      Quantiles loopLagMs,
      Quantiles scheduleLagMs,
      Quantiles gcPauseMs,
      Quantiles connectMs,
      double cpuShare,
      Connections connections,
      int lanes,
      double askedRps,
      double sentRps,
      double completedRps,
      double capHeldS,
      double laneCpuShare,
      double busiestLaneShare,
      double cpuUsPerEvent,
      double stealShare,
      long receiveQueueBytes,
      Optional<Certificate> certificate) {}

  /** Connections of the client; {@code stale} ones were closed by the server while they waited. */
  public record Connections(long opened, long reused, long stale) {}

  static ClientReport of(LevelEvidence evidence) {
    double seconds = evidence.tally().window().seconds();
    Map<String, Numbers> agents = new TreeMap<>();
    LevelTally tally = evidence.tally();
    evidence
        .clients()
        .forEach(
            (agent, stats) ->
                agents.put(
                    agent,
                    numbers(
                        stats,
                        tally.completed(agent),
                        tally.chunks(agent),
                        seconds,
                        Optional.ofNullable(evidence.certificates().get(agent)))));
    return new ClientReport(
        numbers(
            evidence.client(),
            tally.counts().of(Outcome.OK),
            tally.counts().chunks(),
            seconds,
            Optional.empty()),
        agents);
  }

  private static Numbers numbers(
      ClientStats stats,
      long completed,
      long chunks,
      double seconds,
      Optional<Certificate> certificate) {
    return new Numbers(
        Quantiles.of(stats.loopLag()),
        Quantiles.of(stats.scheduleLag()),
        Quantiles.of(stats.gcPause()),
        Quantiles.of(stats.connect()),
        rate(stats.cpuNanos() / 1e9, seconds),
        new Connections(stats.opened(), stats.reused(), stats.stale()),
        stats.lanes(),
        rate((double) stats.asked(), seconds),
        rate((double) stats.sent(), seconds),
        rate((double) completed, seconds),
        stats.capNanos() / 1e9,
        rate(stats.laneCpuNanos() / 1e9, seconds * Math.max(1, stats.lanes())),
        rate(stats.busiestLane(), 1),
        rate(stats.laneCpuNanos() / 1e3, (double) chunks),
        rate(stats.stealShare(), 1),
        stats.receiveQueueBytes(),
        certificate);
  }

  private static double rate(double amount, double seconds) {
    return seconds == 0 ? 0 : Math.round(amount / seconds * 1e6) / 1e6;
  }
}
