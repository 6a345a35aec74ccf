package io.streamgauge.controller.result.finding;

import io.streamgauge.controller.log.LostAgent;
import io.streamgauge.controller.result.Attendance;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.finding.Finding.Severity;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether all agents were there, from the same moment on. */
final class AttendanceFindings {
  /**
   * Rates and windows take the starts of all agents for one moment; tokens are counted in bins of
   * 10 ms, so a shift below that moves nothing farther than into the next bin.
   */
  private static final double MOST_SPREAD_MS = 10;

  static Stream<Finding> of(LevelEvidence evidence) {
    Attendance attendance = evidence.attendance();
    return Stream.concat(
        attendance.lost().stream().map(AttendanceFindings::lost), spread(attendance).stream());
  }

  private static Finding lost(LostAgent agent) {
    return agent.beforeTheStart()
        ? new Finding(
            FindingCode.AGENT_LOST,
            Severity.INFO,
            "agent %s was lost before the start (%s): the level was split over the others"
                .formatted(agent.agent(), agent.reason()))
        : new Finding(
            FindingCode.AGENT_LOST,
            Severity.WARNING,
            String.format(
                Locale.ROOT,
                "agent %s was lost %.1f s into the level (%s), and with it %.1f %% of the load from"
                    + " then on; what it delivered is in the numbers, %d requests of it late; %s",
                agent.agent(),
                agent.sinceS(),
                agent.reason(),
                agent.loadShare() * 100,
                agent.deliveredLate(),
                rest(agent)));
  }

  private static String rest(LostAgent agent) {
    return agent.complete()
        ? "nothing that it measured is lost"
        : "what it had not delivered is lost, %d requests at least".formatted(agent.undelivered());
  }

  private static Optional<Finding> spread(Attendance attendance) {
    double spread = attendance.spreadMs().orElse(0.0);
    double bound = attendance.spreadBoundMs();
    return Finding.when(
        spread + bound > MOST_SPREAD_MS,
        FindingCode.START_SPREAD,
        Severity.WARNING,
        "the agents' load began %.1f ms apart, give or take %.1f ms",
        spread,
        bound);
  }

  private AttendanceFindings() {}
}
