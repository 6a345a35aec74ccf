package io.streamgauge.controller.result;

import static io.streamgauge.controller.result.Finding.Severity.INFO;
import static io.streamgauge.controller.result.Finding.Severity.WARNING;

import io.streamgauge.controller.stats.Moments;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is to be known about where a level ran. */
final class SettingFindings {
  /** So many answers an agent needs before it is held against the others. */
  private static final long ENOUGH = 100;

  private static final double OUTLIER_SHARE = 0.2;
  private static final double OUTLIER_ERRORS = 5;

  static Stream<Finding> of(LevelEvidence evidence, Metrics metrics) {
    return Stream.concat(
        Stream.of(sameHost(evidence), engineCap(evidence, metrics), fixedOrder(evidence))
            .flatMap(Optional::stream),
        outliers(evidence));
  }

  private static Optional<Finding> sameHost(LevelEvidence evidence) {
    return Finding.when(
        evidence.setting().sharedHost().isPresent(),
        FindingCode.SAME_HOST,
        INFO,
        "client and server share the host %s, and so its processors",
        evidence.setting().sharedHost().orElse(""));
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

  /** Agents whose mean TTFT is not that of the others together. */
  private static Stream<Finding> outliers(LevelEvidence evidence) {
    Map<String, Moments> agents = evidence.tally().ttftByAgent();
    return agents.entrySet().stream()
        .flatMap(
            entry -> {
              Moments own = entry.getValue();
              Moments others = new Moments();
              agents.forEach(
                  (agent, moments) -> {
                    if (!agent.equals(entry.getKey())) {
                      others.addAll(moments);
                    }
                  });
              return outlier(entry.getKey(), own, others).stream();
            });
  }

  private static Optional<Finding> outlier(String agent, Moments own, Moments others) {
    double off = Math.abs(own.mean() - others.mean());
    return Finding.when(
        own.count() >= ENOUGH
            && others.count() >= ENOUGH
            && off > OUTLIER_SHARE * others.mean()
            && off > OUTLIER_ERRORS * Math.hypot(own.errorOfMean(), others.errorOfMean()),
        FindingCode.AGENT_OUTLIER,
        WARNING,
        "agent %s: mean TTFT %.2f ms, that of the other agents %.2f ms",
        agent,
        own.mean() / 1e6,
        others.mean() / 1e6);
  }

  private SettingFindings() {}
}
