package io.streamgauge.controller.result.finding;

import static io.streamgauge.controller.result.finding.Finding.Severity.WARNING;

import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.controller.result.ClientReport;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.tally.LevelTimes;
import io.streamgauge.controller.result.window.Backlog;
import io.streamgauge.controller.result.window.LevelCourse;
import io.streamgauge.controller.result.window.LevelWindows;
import io.streamgauge.controller.stats.ArrivalLaw;
import io.streamgauge.controller.stats.PhaseLock;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** What is to be known about the load: whether it was the one asked for, and whether it settled. */
final class LoadFindings {
  /** The share by which sending, or completing, may fall short. */
  private static final double SHORTFALL = 0.02;

  private static final double SHORTEST_SECONDS = 1;

  static Stream<Finding> of(
      LevelEvidence evidence, LevelWindows windows, LevelCourse course, ClientReport client) {
    Stream<Optional<Finding>> byLoad =
        switch (evidence.level().load()) {
          case ClosedLoop closed -> Stream.of(phaseLock(evidence, closed));
          case OpenLoop open ->
              Stream.of(
                  rateNotAchieved(evidence, windows, client.merged()), arrivalLaw(evidence, open));
        };
    return Stream.concat(byLoad, Stream.of(windowShort(evidence), trend(course)))
        .flatMap(Optional::stream);
  }

  private static Optional<Finding> rateNotAchieved(
      LevelEvidence evidence, LevelWindows windows, ClientReport.Numbers client) {
    LevelTimes times = evidence.tally().times();
    // The rate is one of sessions: turns that follow hide how many of these did not begin.
    boolean inTurns = times.laterTurns() > 0;
    double due = inTurns ? windows.rateOf(times.dueArrivals()) : client.scheduledRps();
    double sent = inTurns ? windows.rateOf(times.sentArrivals()) : client.sentRps();
    boolean longEnough = windows.sending().seconds() >= SHORTEST_SECONDS;
    boolean fewerSent = sent < (1 - SHORTFALL) * due;
    boolean fallsBehind = Backlog.grows(times, windows.sending(), SHORTFALL);
    return Finding.when(
        longEnough && (fewerSent || fallsBehind),
        FindingCode.RATE_NOT_ACHIEVED,
        WARNING,
        "%s per second: %.2f asked, %.2f scheduled, %.2f sent%s, %.2f completed%s",
        inTurns ? "sessions" : "requests",
        client.askedRps().orElse(0.0),
        due,
        sent,
        inTurns ? "; turns per second: %.2f sent".formatted(client.sentRps()) : "",
        client.completedRps(),
        fallsBehind ? "; in the second half fewer were answered than sent" : "");
  }

  /** What was sent, and where that is as asked, what was due. */
  private static Optional<Finding> arrivalLaw(LevelEvidence evidence, OpenLoop load) {
    LevelTimes times = evidence.tally().times();
    double ramp = rampSeconds(load, evidence.level().extent());
    return ArrivalLaw.fault(load, ramp, times.sentArrivals())
        .map(why -> "what was sent does not follow " + load.arrival().text() + ": " + why)
        .or(
            () ->
                ArrivalLaw.fault(load, ramp, times.dueArrivals())
                    .map(why -> "the schedule is not " + load.arrival().text() + ": " + why))
        .map(text -> new Finding(FindingCode.ARRIVAL_LAW, WARNING, text));
  }

  private static double rampSeconds(OpenLoop load, Extent extent) {
    double mean = load.arrival() instanceof Arrival.Ramp(double to) ? (load.rate() + to) / 2 : 1;
    return extent
        .duration()
        .map(duration -> duration.toNanos() / 1e9)
        .orElseGet(() -> extent.requests().orElse(1L) / mean);
  }

  private static Optional<Finding> phaseLock(LevelEvidence evidence, ClosedLoop load) {
    LevelTimes times = evidence.tally().times();
    double[] ttft = Arrays.stream(times.answeredAsSent()).mapToDouble(times::ttft).toArray();
    return PhaseLock.found(ttft, load.concurrency())
        .map(text -> new Finding(FindingCode.PHASE_LOCK, WARNING, text));
  }

  private static Optional<Finding> windowShort(LevelEvidence evidence) {
    double answer = evidence.tally().times().medianE2e() / 1e9;
    double time =
        evidence.level().extent().duration().map(all -> all.toNanos() / 1e9).orElse(answer);
    return Finding.when(
        time < answer,
        FindingCode.WINDOW_SHORT,
        WARNING,
        "the level lasts %.3f s, an answer %.3f s at the median: tokens and requests per second are"
            + " those of a beginning",
        time,
        answer);
  }

  private static Optional<Finding> trend(LevelCourse course) {
    return course.trend().map(text -> new Finding(FindingCode.TREND, WARNING, text));
  }

  private LoadFindings() {}
}
