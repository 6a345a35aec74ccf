package io.streamgauge.controller.result.finding;

import static io.streamgauge.controller.result.finding.Finding.Severity.INFO;
import static io.streamgauge.controller.result.finding.Finding.Severity.WARNING;

import io.streamgauge.common.node.Version;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.metrics.Metrics;
import io.streamgauge.controller.stats.Moments;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is to be known about where a level ran. */
final class SettingFindings {
  /** So many answers an agent needs before it is held against the others. */
  private static final long ENOUGH = 100;

  /**
   * Seen on a host of two processors: 1 to 10 % of the time while they are half to two thirds used,
   * 35 to 55 % where more wants to run than they take.
   */
  private static final double STARVED = 0.2;

  private static final double OUTLIER_SHARE = 0.2;
  private static final double OUTLIER_ERRORS = 5;

  static Stream<Finding> of(LevelEvidence evidence, Metrics metrics) {
    return Stream.concat(
        ofTheSetting(evidence),
        Stream.of(engineCap(evidence, metrics), outlier(evidence)).flatMap(Optional::stream));
  }

  /** What is known before the load begins, and how full the host's processors are. */
  static Stream<Finding> ofTheSetting(LevelEvidence evidence) {
    return Stream.of(
            sameHost(evidence),
            unverified(evidence),
            ignoredProxy(evidence),
            warmupFault(evidence),
            fixedOrder(evidence),
            releases(evidence),
            made(evidence))
        .flatMap(Optional::stream);
  }

  private static Optional<Finding> sameHost(LevelEvidence evidence) {
    return evidence
        .setting()
        .sharedHost()
        .map(host -> "client and server share the host %s, and so its processors".formatted(host))
        .map(
            shared ->
                evidence
                    .client()
                    .pressureShare()
                    .map(waited -> contended(shared, waited))
                    .orElseGet(() -> new Finding(FindingCode.SAME_HOST, INFO, shared)));
  }

  private static Finding contended(String shared, double waited) {
    boolean starved = waited > STARVED;
    return new Finding(
        FindingCode.SAME_HOST,
        starved ? WARNING : INFO,
        String.format(
            Locale.ROOT,
            "%s; in %.0f %% of the time something waited for one%s",
            shared,
            waited * 100,
            starved ? ": the server may be faster where it has them to itself" : ""));
  }

  private static Optional<Finding> made(LevelEvidence evidence) {
    return evidence
        .setting()
        .made()
        .map(way -> new Finding(FindingCode.PROMPTS_MADE, INFO, "prompts made to length: " + way));
  }

  private static Optional<Finding> warmupFault(LevelEvidence evidence) {
    return evidence
        .setting()
        .warmupFault()
        .map(fault -> new Finding(FindingCode.WARMUP_FAILED, WARNING, fault));
  }

  private static Optional<Finding> unverified(LevelEvidence evidence) {
    return Finding.when(
        evidence.setting().unverified(),
        FindingCode.UNVERIFIED_SERVER,
        WARNING,
        "the server's certificate was not verified (--insecure): nothing shows who answered");
  }

  private static Optional<Finding> ignoredProxy(LevelEvidence evidence) {
    return Finding.when(
        evidence.setting().ignoredProxy().isPresent(),
        FindingCode.PROXY_IGNORED,
        INFO,
        "%s names a proxy, which is not used: requests go to the server itself",
        evidence.setting().ignoredProxy().orElse(""));
  }

  private static Optional<Finding> engineCap(LevelEvidence evidence, Metrics metrics) {
    int cap = evidence.setting().engineCap().orElse(Integer.MAX_VALUE);
    return Finding.when(
        metrics.peakConcurrency() > cap,
        FindingCode.ENGINE_CAP,
        WARNING,
        "%d requests were in flight, but the engine serves no more than %d at once: the others"
            + " waited in its queue",
        metrics.peakConcurrency(),
        cap);
  }

  private static Optional<Finding> fixedOrder(LevelEvidence evidence) {
    return Finding.when(
        evidence.setting().backends() > 1,
        FindingCode.FIXED_ORDER,
        INFO,
        "%d backends were measured once each, one after the other: what drifted meanwhile looks"
            + " like a difference between them",
        evidence.setting().backends());
  }

  private static Optional<Finding> releases(LevelEvidence evidence) {
    return Finding.when(
        !evidence.setting().releases().isEmpty(),
        FindingCode.AGENT_RELEASE,
        WARNING,
        "of another release than the controller (%s) are %s: they may measure in another way",
        Version.TOOL,
        evidence.setting().releases().entrySet().stream()
            .map(agent -> "agent %s (%s)".formatted(agent.getKey(), agent.getValue()))
            .collect(Collectors.joining(", ")));
  }

  /** The agent whose mean TTFT is farthest from that of the others together. */
  private static Optional<Finding> outlier(LevelEvidence evidence) {
    Map<String, Moments> agents = evidence.tally().ttftByAgent();
    return agents.entrySet().stream()
        .map(entry -> new Apart(entry.getKey(), entry.getValue(), others(agents, entry.getKey())))
        .filter(Apart::certain)
        .max(Comparator.comparingDouble(Apart::share))
        .map(
            apart ->
                new Finding(
                    FindingCode.AGENT_OUTLIER,
                    WARNING,
                    String.format(
                        Locale.ROOT,
                        "agent %s: mean TTFT %.2f ms, that of the other agents %.2f ms",
                        apart.agent(),
                        apart.own().mean() / 1e6,
                        apart.others().mean() / 1e6)));
  }

  private static Moments others(Map<String, Moments> agents, String without) {
    Moments others = new Moments();
    agents.forEach(
        (agent, moments) -> {
          if (!agent.equals(without)) {
            others.addAll(moments);
          }
        });
    return others;
  }

  /** An agent beside the others. */
  private record Apart(String agent, Moments own, Moments others) {
    double share() {
      return Math.abs(own.mean() / others.mean() - 1);
    }

    boolean certain() {
      return own.count() >= ENOUGH
          && others.count() >= ENOUGH
          && share() > OUTLIER_SHARE
          && Math.abs(own.mean() - others.mean())
              > OUTLIER_ERRORS * Math.hypot(own.errorOfMean(), others.errorOfMean());
    }
  }

  private SettingFindings() {}
}
