package io.streamgauge.controller.result;

import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.agent.HostCalibration;
import io.streamgauge.common.agent.StampStats;
import io.streamgauge.common.measure.Window;
import io.streamgauge.controller.result.metrics.Quantiles;
import io.streamgauge.controller.result.tally.LevelTimes;
import io.streamgauge.controller.result.window.AskedRate;
import io.streamgauge.controller.result.window.LevelWindows;
import io.streamgauge.controller.result.window.Rates;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the client did to itself: merged, and by agent. */
public record ClientReport(Numbers merged, Map<String, Numbers> agents) {

  /**
   * One client's numbers.
   *
   * @param cpuShare processor time over the time of one core
   * @param askedRps requests per second that the plan asks for; absent in a closed loop
   * @param scheduledRps requests per second that became due; {@code sentRps} those sent, {@code
   *     completedRps} those answered in full, each over the time in which requests were sent,
   *     without the drain (see {@link LevelWindows})
   * @param capHeldS time in which the concurrency cap held requests back, in s
   * @param laneCpuShare processor time of the lanes over the time of as many cores; {@code
   *     busiestLaneShare} the greatest of one lane
   * @param cpuUsPerEvent processor time of the lanes for a token-bearing event, in µs
   * @param stealShare the share of the host's processor time that went to other guests
   * @param cpuPressureShare the share of time in which something on the host waited for a
   *     processor; the greatest of several hosts
   * @param receiveQueueBytes most bytes that one read of a connection brought
   * @param turnaroundMs from the end of a user's answer to that user's next request
   * @param startedAtMs when the agent's load began, by the controller's clock, from the instant
   *     that was named to all; {@code clockOffsetMs} the controller's clock less the agent's,
   *     {@code clockBoundMs} by how much that may be off; absent in the merged numbers
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
      Optional<Double> askedRps,
      double scheduledRps,
      double sentRps,
      double completedRps,
      double capHeldS,
      double laneCpuShare,
      double busiestLaneShare,
      double cpuUsPerEvent,
      double stealShare,
      Optional<Double> cpuPressureShare,
      long receiveQueueBytes,
      Stamps stamps,
      Quantiles turnaroundMs,
      Optional<Double> startedAtMs,
      Optional<Double> clockOffsetMs,
      Optional<Double> clockBoundMs,
      Optional<HostCalibration> certificate) {}

  /** Connections of the client; {@code resent} requests were sent over a second one. */
  public record Connections(long opened, long reused, long resent) {}

  /** Who stamped what came, and by how much the stamps may be late; see {@link StampStats}. */
  public record Stamps(
      long kernel,
      long user,
      long shared,
      long clockSteps,
      double greatestClockStepMs,
      Quantiles lateMs,
      Quantiles firstLateMs,
      Quantiles handingMs) {
    static Stamps of(StampStats stats) {
      return new Stamps(
          stats.kernel(),
          stats.user(),
          stats.shared(),
          stats.steps(),
          stats.greatestStepNanos() / 1e6,
          Quantiles.of(stats.late()),
          Quantiles.of(stats.firstLate()),
          Quantiles.of(stats.handing()));
    }
  }

  static ClientReport of(LevelEvidence evidence, LevelWindows windows) {
    Map<String, Numbers> agents = new TreeMap<>();
    Map<String, Long> completed = completed(evidence.tally().times(), windows.sending());
    ClientStats all = evidence.client();
    Numbers merged =
        numbers(
            evidence,
            all,
            all,
            completed.values().stream().mapToLong(Long::longValue).sum(),
            evidence.tally().counts().chunks(),
            windows,
            Optional.empty(),
            Optional.empty());
    evidence
        .clients()
        .forEach(
            (agent, stats) ->
                agents.put(
                    agent,
                    numbers(
                        evidence,
                        all,
                        stats,
                        completed.getOrDefault(agent, 0L),
                        evidence.tally().chunks(agent),
                        windows,
                        Optional.ofNullable(evidence.attendance().starts().get(agent)),
                        Optional.ofNullable(evidence.calibrations().get(agent)))));
    return new ClientReport(merged, agents);
  }

  /** Answers that ended in the window, by agent. */
  private static Map<String, Long> completed(LevelTimes times, Window window) {
    Map<String, Long> completed = new TreeMap<>();
    times
        .answered()
        .filter(i -> window.holds(times.ended(i)))
        .forEach(i -> completed.merge(times.agent(i), 1L, Long::sum));
    return completed;
  }

  private static Numbers numbers(
      LevelEvidence evidence,
      ClientStats all,
      ClientStats stats,
      long completed,
      long chunks,
      LevelWindows windows,
      Optional<AgentStart> start,
      Optional<HostCalibration> certificate) {
    double lanes = (double) stats.lanes() / Math.max(1, all.lanes());
    double seconds = evidence.tally().window().seconds();
    return new Numbers(
        Quantiles.of(stats.loopLag()),
        Quantiles.of(stats.scheduleLag()),
        Quantiles.of(stats.gcPause()),
        Quantiles.of(stats.connect()),
        Rates.of(stats.cpuNanos() / 1e9, seconds),
        new Connections(stats.opened(), stats.reused(), stats.resent()),
        stats.lanes(),
        AskedRate.of(evidence.level().load()).map(rate -> Rates.round(rate * lanes)),
        windows.scheduledRate(stats.asked(), all.asked()),
        windows.sendingRate(stats.sent(), all.sent()),
        Rates.of(completed, windows.sending().seconds()),
        stats.capNanos() / 1e9,
        Rates.of(stats.laneCpuNanos() / 1e9, seconds * Math.max(1, stats.lanes())),
        Rates.of(stats.busiestLane(), 1),
        Rates.of(stats.laneCpuNanos() / 1e3, (double) chunks),
        Rates.of(stats.stealShare(), 1),
        stats.pressureShare().map(Rates::round),
        stats.receiveQueueBytes(),
        Stamps.of(stats.stamps()),
        Quantiles.of(stats.turnaround()),
        start.map(AgentStart::atMs),
        start.map(AgentStart::offsetMs),
        start.map(AgentStart::boundMs),
        certificate);
  }
}
