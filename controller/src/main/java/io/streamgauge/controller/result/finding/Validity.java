package io.streamgauge.controller.result.finding;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.error.ClientErrors;
import io.streamgauge.controller.result.error.MetricError;
import io.streamgauge.controller.result.finding.Finding.Severity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a level's numbers can be used, and what is to be known about them.
 *
 * @param metrics by the names that objectives have for them, how far they may be the client's
 */
public record Validity(
    boolean valid, Map<String, MetricError> metrics, String workload, List<Finding> findings) {
  public Validity {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    findings = List.copyOf(findings);
  }

  public static Validity of(LevelEvidence evidence, ClientErrors errors, List<Finding> findings) {
    return new Validity(
        findings.stream().noneMatch(finding -> finding.severity() == Severity.VOID),
        errors.byName(),
        evidence.workload(),
        findings);
  }

  /** How far a metric may be the client's; empty where nothing was measured of it. */
  public Optional<MetricError> of(Metric metric) {
    return Optional.ofNullable(metrics.get(ClientErrors.name(metric)));
  }
}
