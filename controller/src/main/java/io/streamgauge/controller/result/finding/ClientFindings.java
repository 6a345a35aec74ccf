package io.streamgauge.controller.result.finding;

import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.SampleFloor;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.finding.Finding.Severity;
import io.streamgauge.controller.result.metrics.Metrics;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Whether the client measured the server or itself. An event that comes at any time waits for the
 * event loop as long as a timer tick does, so the lag of the ticks is the error of the stamps.
 */
final class ClientFindings {
  /** Beyond half of a core a loop's queue grows fast with every further event. */
  private static final double BUSY = 0.5;

  private static final double NO_TIME_LEFT = 0.9;
  private static final double STEAL = 0.02;

  static Stream<Finding> of(LevelEvidence evidence, Metrics metrics) {
    return Stream.of(
            lag(evidence, metrics), overloaded(evidence, metrics), busy(evidence), stolen(evidence))
        .flatMap(Optional::stream);
  }

  /** How late one agent's loops were, at p99 or, with too few ticks for one, at most. */
  private record Lag(String agent, double millis, long ticks) {
    static Lag of(String agent, Distribution lag) {
      return new Lag(
          agent,
          (enough(lag.count()) ? lag.quantileMillis(0.99) : lag.maxMillis()).orElse(0),
          lag.count());
    }

    private static boolean enough(long ticks) {
      return ticks >= SampleFloor.of(0.99);
    }

    boolean certain() {
      return enough(ticks);
    }

    String text() {
      return certain()
          ? ClientFindings.text("%.2f ms at p99", millis)
          : ClientFindings.text("up to %.2f ms (max of %d)", millis, ticks);
    }
  }

  /**
   * The agent whose loops were latest, against a share of the shorter of the median TTFT and the
   * median pace: the lag of one is not averaged away by the others.
   */
  private static Optional<Finding> lag(LevelEvidence evidence, Metrics metrics) {
    double limit = evidence.errorLimit().share() * shortest(metrics).orElse(Double.MAX_VALUE);
    return evidence.clients().entrySet().stream()
        .map(client -> Lag.of(client.getKey(), client.getValue().loopLag()))
        .filter(lag -> lag.millis() > limit)
        .max(Comparator.comparing(Lag::certain).thenComparingDouble(Lag::millis))
        .map(
            lag ->
                new Finding(
                    FindingCode.CLIENT_LAG,
                    lag.certain() ? gravest(evidence) : Severity.WARNING,
                    text(
                        "the stamps of %s were late by %s, over %s %% of the median TTFT or gap"
                            + " (%.3f ms): that much of the latencies may be the client's; give it"
                            + " free cores, fewer streams an agent or more agents",
                        lag.agent(),
                        lag.text(),
                        plain(evidence.errorLimit().share() * 100),
                        limit)));
  }

  /**
   * A lane that was never idle. What a lane takes depends on how the events come (one read each, or
   * many), so its own processor time in this level decides, not the certificate's.
   */
  private static Optional<Finding> overloaded(LevelEvidence evidence, Metrics metrics) {
    double busiest = evidence.client().busiestLane();
    double rate = metrics.durationS() == 0 ? 0 : metrics.chunks() / metrics.durationS();
    return busiest <= NO_TIME_LEFT
        ? Optional.empty()
        : Optional.of(
            new Finding(
                FindingCode.CLIENT_OVERLOADED,
                gravest(evidence),
                text(
                    "the busiest lane used %.0f %% of a core at %.0f events/s on %d lanes: use"
                        + " fewer streams an agent or more agents",
                    busiest * 100, rate, evidence.client().lanes())));
  }

  private static Optional<Finding> busy(LevelEvidence evidence) {
    ClientStats client = evidence.client();
    return client.busiestLane() <= BUSY || client.busiestLane() > NO_TIME_LEFT
        ? Optional.empty()
        : Optional.of(
            new Finding(
                FindingCode.CLIENT_BUSY,
                Severity.WARNING,
                text(
                    "the busiest lane used %.0f %% of a core: a little more load and its stamps are"
                        + " late",
                    client.busiestLane() * 100)));
  }

  private static Optional<Finding> stolen(LevelEvidence evidence) {
    double share = evidence.client().stealShare();
    return share <= STEAL
        ? Optional.empty()
        : Optional.of(
            new Finding(
                FindingCode.CPU_STOLEN,
                Severity.WARNING,
                text(
                    "the hypervisor gave %.1f %% of the client host's processor time to other"
                        + " guests",
                    share * 100)));
  }

  /** Our own engine in one process with the client is a demonstration, of which nothing hangs. */
  private static Severity gravest(LevelEvidence evidence) {
    return evidence.errorLimit().voids() && !evidence.ownEngine()
        ? Severity.VOID
        : Severity.WARNING;
  }

  /**
   * The pace is that of tokens; the median of TPOT stands in where chunks come in bursts, so that
   * the median gap is none.
   */
  private static OptionalDouble shortest(Metrics metrics) {
    double pace = Math.max(median(metrics, Metric.ICL), median(metrics, Metric.TPOT));
    return List.of(median(metrics, Metric.TTFT), pace).stream()
        .mapToDouble(Double::doubleValue)
        .filter(value -> value > 0)
        .min();
  }

  private static double median(Metrics metrics, Metric metric) {
    Double p50 = metrics.of(metric).p50();
    return p50 == null ? 0 : p50;
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? text("%.0f", value) : String.valueOf(value);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private ClientFindings() {}
}
