package io.streamgauge.controller.result.finding;

import static io.streamgauge.controller.result.finding.Finding.Severity.INFO;
import static io.streamgauge.controller.result.finding.Finding.Severity.WARNING;

import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.agent.StampStats;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.error.ClientErrors;
import io.streamgauge.controller.result.metrics.Metrics;
import java.util.Optional;
import java.util.stream.Stream;

/** What weighed on the client. */
final class ClientFindings {
  /** Beyond half of a core a loop's queue grows fast with every further event. */
  private static final double BUSY = 0.5;

  private static final double NO_TIME_LEFT = 0.9;
  private static final double STEAL = 0.02;

  static Stream<Finding> of(LevelEvidence evidence, Metrics metrics, ClientErrors errors) {
    return Stream.of(
            overloaded(evidence, metrics, errors),
            busy(evidence),
            stolen(evidence),
            clockStep(evidence))
        .flatMap(Optional::stream);
  }

  /**
   * A lane that was never idle. What a lane takes depends on how the events come (one read each, or
   * many), so its own processor time in this level decides, not the certificate's. It voids nothing
   * that the errors of the stamps and sendings leave valid.
   */
  private static Optional<Finding> overloaded(
      LevelEvidence evidence, Metrics metrics, ClientErrors errors) {
    double busiest = evidence.client().busiestLane();
    double rate = metrics.durationS() == 0 ? 0 : metrics.chunks() / metrics.durationS();
    return Finding.when(
        busiest > NO_TIME_LEFT,
        FindingCode.CLIENT_OVERLOADED,
        LagFindings.severity(evidence, errors),
        "the busiest lane used %.0f %% of a core at %.0f events/s on %d lanes, so that %s: use"
            + " fewer streams an agent or more agents",
        busiest * 100,
        rate,
        evidence.client().lanes(),
        spoils(evidence));
  }

  private static Optional<Finding> busy(LevelEvidence evidence) {
    double busiest = evidence.client().busiestLane();
    return Finding.when(
        busiest > BUSY && busiest <= NO_TIME_LEFT,
        FindingCode.CLIENT_BUSY,
        WARNING,
        "the busiest lane used %.0f %% of a core: with a little more load %s",
        busiest * 100,
        spoils(evidence));
  }

  /** The kernel stamps what comes on time, however busy the client is. */
  private static String spoils(LevelEvidence evidence) {
    boolean byKernel =
        evidence.clients().values().stream().allMatch(client -> client.stamps().kernel() > 0);
    return byKernel ? "its requests go out late" : "its stamps are late, and its requests";
  }

  private static Optional<Finding> stolen(LevelEvidence evidence) {
    double share = evidence.client().stealShare();
    return Finding.when(
        share > STEAL,
        FindingCode.CPU_STOLEN,
        WARNING,
        "the hypervisor gave %.1f %% of the client host's processor time to other guests",
        share * 100);
  }

  /** Spans are of the monotonic clock, and so are series: nothing that a result holds moves. */
  private static Optional<Finding> clockStep(LevelEvidence evidence) {
    StampStats stamps =
        evidence.clients().values().stream()
            .map(ClientStats::stamps)
            .reduce(StampStats.ZERO, StampStats::plus);
    return Finding.when(
        stamps.steps() > 0,
        FindingCode.CLOCK_STEP,
        INFO,
        "the wall clock was set during the level, %d times and by up to %+.3f ms: every span and"
            + " series holds, as they are of the monotonic clock, but the times of day are those of"
            + " the clock before it",
        stamps.steps(),
        stamps.greatestStepNanos() / 1e6);
  }

  private ClientFindings() {}
}
